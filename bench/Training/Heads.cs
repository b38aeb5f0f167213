using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Data;
using Gateway.Workshop.TrainingSets;

namespace Gateway.TrainingBench;

/// <summary>Digital heads to train on, as pairs and, each modality of other heads, unpaired.</summary>
internal static class Heads
{
    private const int Count = 12;

    /// <param name="folder">Receives the pictures.</param>
    public static TrainingData Data(string folder)
    {
        PhantomTrainingSet.Write(new() { Output = folder, Count = Count, FirstSeed = 1 });
        var pairs = PreparedFolder.Load(null, [folder], [ShippedModalities.T2, ShippedModalities.Ct]);
        return pairs with { Sides = [.. pairs.Sides.Select((side, i) => Unpaired(side.Profile, pairs, i))] };
    }

    private static TrainingSide Unpaired(ModalityProfile profile, TrainingData pairs, int side) => new()
    {
        Profile = profile,
        Train = [.. pairs.PairsTrain.Where((_, i) => i % 2 == side).Select(pair => pair[profile.Modality])],
        Test = [.. pairs.PairsTest.Select(pair => pair[profile.Modality])],
    };
}
