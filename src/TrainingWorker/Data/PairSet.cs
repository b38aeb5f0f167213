namespace Gateway.TrainingWorker.Data;

/// <summary>The pairs of one folder.</summary>
public sealed record PairSet
{
    /// <summary>Name of the folder.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<PreparedPair> Train { get; init; }

    /// <summary>Pairs of heads that none of <see cref="Train"/> are of.</summary>
    public required IReadOnlyList<PreparedPair> Test { get; init; }
}
