using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Workshop.Scores;

/// <summary>Slices for judging generators, and the mean pictures of the constant baseline.</summary>
public sealed record HeldOutSet
{
    public required string Name { get; init; }

    /// <summary>Both modalities of the pair.</summary>
    public required IReadOnlyDictionary<Modality, HeldOutSide> Sides { get; init; }

    /// <summary>The HU that -1 and 1 of the CT pictures stand for.</summary>
    public required GreyRange Window { get; init; }

    /// <summary>The test subjects of a training set. The means are those of the training subjects.</summary>
    /// <exception cref="InvalidDataException">One of the four groups is empty, or a picture is damaged.</exception>
    public static HeldOutSet Real(string folder, Direction pair)
    {
        var manifest = TrainingManifest.Load(folder);
        return new()
        {
            Name = "held-out subjects",
            Sides = Both(pair, modality => new HeldOutSide(
                [.. Group(modality, "test")
                    .Select(file => new HeldOutSlice(Path.GetFileNameWithoutExtension(file), Read(folder, file), null))],
                Mean(Group(modality, "train").Select(file => Read(folder, file))))),
            Window = new(manifest.HuLow, manifest.HuHigh),
        };

        string[] Group(Modality modality, string split)
        {
            string[] files = [.. manifest.Pictures.Where(p => p.Modality == modality && p.Split == split).Select(p => p.File)];
            return files.Length > 0 ? files : throw new InvalidDataException($"{folder} has no {modality} slices for {split}.");
        }
    }

    /// <summary>Slices whose truth is known. The means are their own, which favours the baseline.</summary>
    /// <param name="name">Of the set.</param>
    /// <param name="pairs">At least one.</param>
    /// <param name="pair">Either direction of the pair.</param>
    /// <param name="window">The HU that -1 and 1 of the CT pictures stand for.</param>
    public static HeldOutSet OfPairs(string name, IReadOnlyList<HeldOutPair> pairs, Direction pair, GreyRange window)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return new()
        {
            Name = name,
            Sides = Both(pair, modality => new HeldOutSide(
                [.. pairs.Select(both => both.Slice(modality == pair.From ? pair : pair.Reverse))],
                Mean(pairs.Select(both => both.Pictures[modality])))),
            Window = window,
        };
    }

    private static Dictionary<Modality, T> Both<T>(Direction pair, Func<Modality, T> of) =>
        new() { [pair.From] = of(pair.From), [pair.To] = of(pair.To) };

    private static Image Read(string folder, string file) => PngFile.Read(Path.Combine(folder, file)).Map(grey => grey / 127.5f - 1);

    private static Image Mean(IEnumerable<Image> images) => HeldOutSide.MeanOf(images, Reference.Side);
}
