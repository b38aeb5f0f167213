using Gateway.Contracts.Reasons;

namespace Gateway.Contracts.Trials;

/// <summary>The verdict on one direction.</summary>
public sealed record TrialDirection
{
    /// <summary>Such as <c>t2-ct</c>.</summary>
    public required string Direction { get; init; }

    public required TrialModel Candidate { get; init; }

    /// <summary>Null for the first model of a direction.</summary>
    public TrialModel? Champion { get; init; }

    /// <summary>Why it may not be used; empty if it passed.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    public required IReadOnlyList<TrialGate> Gates { get; init; }

    /// <summary>Candidate, champion and the trivial baselines.</summary>
    public required IReadOnlyList<TrialMethod> Methods { get; init; }

    public bool Passed => Reasons.Count == 0;
}
