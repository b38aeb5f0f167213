namespace Gateway.TrainingWorker.Data;

/// <summary>Everything a run learns from and is looked at with.</summary>
public sealed record TrainingData
{
    public required IReadOnlyList<PreparedPicture> T2Train { get; init; }
    public required IReadOnlyList<PreparedPicture> CtTrain { get; init; }

    /// <summary>Of subjects that are not in the training slices.</summary>
    public required IReadOnlyList<PreparedPicture> T2Test { get; init; }

    /// <summary>Of subjects that are not in the training slices.</summary>
    public required IReadOnlyList<PreparedPicture> CtTest { get; init; }

    /// <summary>Real training T2 slices, each with a CT made from it by rule; may be empty.</summary>
    public IReadOnlyList<PreparedPair> PseudoPairs { get; init; } = [];

    public required IReadOnlyList<PreparedPair> PairsTrain { get; init; }
    public required IReadOnlyList<PreparedPair> PairsTest { get; init; }
}
