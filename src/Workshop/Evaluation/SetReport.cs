namespace Gateway.Workshop.Evaluation;

/// <summary>All tables of one set.</summary>
public sealed record SetReport
{
    public required string Name { get; init; }

    public required int Slices { get; init; }

    public required int Subjects { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<DirectionReport> Directions { get; init; }
}
