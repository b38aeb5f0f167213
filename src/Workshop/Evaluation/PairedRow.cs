namespace Gateway.Workshop.Evaluation;

/// <summary>One method at one level beside the truth. What is null cannot be said.</summary>
public sealed record PairedRow
{
    public required string Level { get; init; }

    public required string Method { get; init; }

    public required int Slices { get; init; }

    public required int Subjects { get; init; }

    /// <summary>Means of the figures of <see cref="Scores.PairedScores"/>, by name.</summary>
    public required IReadOnlyDictionary<string, double> Means { get; init; }
}
