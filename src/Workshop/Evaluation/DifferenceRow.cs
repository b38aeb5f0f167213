namespace Gateway.Workshop.Evaluation;

/// <summary>A model less another method, slice by slice, at one level.</summary>
public sealed record DifferenceRow
{
    public required string Level { get; init; }

    public required string Model { get; init; }

    /// <summary>What it is compared with.</summary>
    public required string Less { get; init; }

    public required int Subjects { get; init; }

    /// <summary>By the figure's name.</summary>
    public required IReadOnlyDictionary<string, Estimate> Differences { get; init; }
}
