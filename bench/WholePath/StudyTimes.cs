using Gateway.Workshop.Phantom;

namespace Gateway.WholePath;

/// <summary>What one study took, in seconds of wall clock.</summary>
internal sealed record StudyTimes
{
    public required PhantomKind Kind { get; init; }

    /// <summary>Name of the <see cref="StudySender"/>.</summary>
    public required string Sender { get; init; }

    /// <summary>From calling the sender until it returned.</summary>
    public required double Receive { get; init; }

    /// <summary>From the association's start to its release, as the gateway's ledger has it.</summary>
    public required double Association { get; init; }

    /// <summary>From the last image to the study's completion; holds the configured quiet time.</summary>
    public required double Complete { get; init; }

    /// <summary>Stages of the translation by name, in their order, as the gateway timed them.</summary>
    public required IReadOnlyDictionary<string, double> Stages { get; init; }

    /// <summary>From the derived series' row to the destination's C-STORE-RSP.</summary>
    public required double Deliver { get; init; }

    /// <summary>From calling the sender to the destination's C-STORE-RSP.</summary>
    public required double Whole { get; init; }

    /// <summary>Name and version.</summary>
    public required string Model { get; init; }
}
