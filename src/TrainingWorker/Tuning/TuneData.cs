using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Data;
using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>What cells are trained and scored on, at the reduced size.</summary>
public sealed record TuneData
{
    private const int MostTests = 40;

    /// <summary>With unpaired sides.</summary>
    public required TrainingData All { get; init; }

    /// <summary>Held-out pairs, up to 40 evenly over the list, at the reduced size.</summary>
    public required IReadOnlyList<HeldOutPair> Tests { get; init; }

    /// <summary>The pairs that are trained on.</summary>
    public required IReadOnlyList<HeldOutPair> Known { get; init; }

    /// <summary>The HU of black and white.</summary>
    public required GreyRange Window { get; init; }

    public static TuneData Load(TuneRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ModalityProfile[] pair = [ShippedModalities.T2, ShippedModalities.Ct];
        var read = PreparedFolder.Load(request.Real, request.Paired, pair);
        var reduced = ReducedPictures.Of(read, request.Size);
        return new()
        {
            All = request.Real is null ? reduced with { Sides = [.. reduced.Sides.Select((side, i) => Unpaired(side.Profile, i, reduced))] }
                : reduced,
            Tests = [.. Spread(reduced.PairsTest, MostTests).Select(HeldOut)],
            Known = [.. reduced.PairsTrain.Select(HeldOut)],
            Window = GreyRange.Brain,
        };
    }

    /// <summary>The same with so many unpaired images a modality, evenly over each list.</summary>
    public TrainingData Limited(int? images) => images is not { } most ? All : All with
    {
        Sides = [.. All.Sides.Select(side => side with { Train = [.. Spread(side.Train, most)] })],
    };

    // T2 of every other head, CT of the rest: no head is in both.
    private static TrainingSide Unpaired(ModalityProfile profile, int side, TrainingData pairs)
    {
        var heads = pairs.PairsTrain.Select(Subject).Distinct().Select((head, i) => KeyValuePair.Create(head, i % 2)).ToDictionary();
        return new()
        {
            Profile = profile,
            Train = [.. pairs.PairsTrain.Where(pair => heads[Subject(pair)] == side).Select(pair => pair[profile.Modality])],
            Test = [.. pairs.PairsTest.Select(pair => pair[profile.Modality])],
        };
    }

    private static HeldOutPair HeldOut(PreparedPair pair)
    {
        var size = pair[ShippedModalities.Ct.Modality].Size;
        return new()
        {
            Name = pair[ShippedModalities.Ct.Modality].Name,
            Subject = Subject(pair),
            LevelMm = pair.Entry?.LevelMm,
            Pictures = ((Modality[])[ShippedModalities.T2.Modality, ShippedModalities.Ct.Modality])
                .ToDictionary(modality => modality, modality => Picture(pair[modality])),
            Brain = new Mask(size, size),
        };
    }

    private static string Subject(PreparedPair pair) => pair.Entry?.Head ?? pair[ShippedModalities.Ct.Modality].Name;

    private static Image Picture(PreparedPicture picture)
    {
        var values = new float[picture.Size * picture.Size];
        picture.CopyTo(values);
        return new(picture.Size, picture.Size, values);
    }

    private static IEnumerable<T> Spread<T>(IReadOnlyList<T> all, int most) =>
        Enumerable.Range(0, Math.Min(most, all.Count)).Select(i => all[(int)((long)i * all.Count / Math.Min(most, all.Count))]);
}
