namespace Gateway.Workshop.Evaluation;

/// <summary>What one method made of one kind of finding.</summary>
public sealed record FindingRow
{
    public required string Kind { get; init; }

    public required string Method { get; init; }

    /// <summary>Those that the truth shows; and there and back, those that the source shows.</summary>
    public required int Findings { get; init; }

    public required int Subjects { get; init; }

    /// <summary>Mean contrast in the truth: HU for CT, of a range of 1 for T2.</summary>
    public required double Truth { get; init; }

    /// <summary>Median of contrast over true contrast: 1 keeps it, 0 loses it, negative turns it round.</summary>
    public required double Recovery { get; init; }

    /// <summary>Share whose contrast has the truth's sign.</summary>
    public required double RightSign { get; init; }

    /// <summary>Mean of the level inside less the truth's: HU, or of a range of 1.</summary>
    public required double Error { get; init; }

    public int BackFindings { get; init; }

    /// <summary>As <see cref="Recovery"/>, there and back against the source; null where it was not translated back.</summary>
    public double? BackRecovery { get; init; }

    public double? BackRightSign { get; init; }

    public double? BackError { get; init; }
}
