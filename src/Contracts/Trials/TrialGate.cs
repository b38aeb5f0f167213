using Gateway.Contracts.Reasons;

namespace Gateway.Contracts.Trials;

/// <summary>What one gate found on one set of slices. Figures are means; null where there is none or it is no number.</summary>
public sealed record TrialGate
{
    /// <summary>Name of a <see cref="TrialGateKind"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Which slices: <c>phantoms</c>, <c>test subjects</c>, or <c>model file</c>.</summary>
    public required string Set { get; init; }

    /// <summary>Null: shown, not judged.</summary>
    public bool? Passed { get; init; }

    /// <summary>The limits that it was held against, in words; empty for none.</summary>
    public string Limit { get; init; } = "";

    public double? Candidate { get; init; }

    /// <summary>95 % interval of the candidate's figure over subjects.</summary>
    public double? Low { get; init; }
    public double? High { get; init; }

    public double? Champion { get; init; }

    /// <summary>By how much the candidate is worse than the champion, with its 95 % interval; negative if it is better.</summary>
    public double? Worse { get; init; }
    public double? WorseLow { get; init; }
    public double? WorseHigh { get; init; }

    /// <summary>What a person should know beside the figures; empty for nothing.</summary>
    public string Text { get; init; } = "";

    /// <summary>Why it did not pass; null where it did or was not judged.</summary>
    public Reason? Reason { get; init; }
}
