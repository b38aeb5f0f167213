using Gateway.Imaging.Modalities;

namespace Gateway.TrainingWorker.Data;

/// <summary>All pictures that a run is trained on and evaluated with.</summary>
public sealed record TrainingData
{
    /// <summary>First the source of the pair's first direction, then its target.</summary>
    public required IReadOnlyList<TrainingSide> Sides { get; init; }

    /// <summary>Real training slices of the first side, each with a picture of the second made from it by rules; may be empty.</summary>
    public IReadOnlyList<PreparedPair> PseudoPairs { get; init; } = [];

    /// <summary>Pairs with truth, a set a folder.</summary>
    public required IReadOnlyList<PairSet> PairSets { get; init; }

    public IReadOnlyList<PreparedPair> PairsTrain => [.. PairSets.SelectMany(set => set.Train)];
    public IReadOnlyList<PreparedPair> PairsTest => [.. PairSets.SelectMany(set => set.Test)];

    public TrainingSide this[Modality modality] => Sides.Single(side => side.Profile.Modality == modality);
}
