namespace Gateway.Workshop.Evaluation;

/// <summary>All tables of one direction on one set.</summary>
public sealed record DirectionReport
{
    /// <summary>Such as <c>t2-ct</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Unit of errors: <c>HU</c> or <c>of 1</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Unit of errors there and back.</summary>
    public required string BackUnit { get; init; }

    public IReadOnlyList<PairedRow> Paired { get; init; } = [];

    public IReadOnlyList<DifferenceRow> Differences { get; init; } = [];

    public IReadOnlyList<FindingRow> Findings { get; init; } = [];

    public IReadOnlyList<InsertionRow> Insertions { get; init; } = [];

    public required IReadOnlyList<CycleRow> Cycles { get; init; }

    public IReadOnlyList<RealismRow> Realism { get; init; } = [];
}
