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

    /// <summary>Phantoms of seeds that were not trained on. The means are their own, which favours the baseline.</summary>
    /// <param name="folder">Folder with <c>paired/NAME.t2.png</c> and <c>.ct.png</c> for the pair <c>t2-ct</c>.</param>
    /// <param name="pair">Either direction of the pair.</param>
    /// <param name="window">The HU that black and white of the CT pictures stand for.</param>
    /// <exception cref="InvalidDataException">There is no pair, or a picture is damaged.</exception>
    public static HeldOutSet Phantoms(string folder, Direction pair, GreyRange window)
    {
        var ending = $".{pair.From.Code}.png";
        string[] names = [.. FolderFiles.List(Path.Combine(folder, "paired"), file => file.EndsWith(ending, StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file)[..^ending.Length])];
        if (names.Length == 0)
            throw new InvalidDataException($"{folder} holds no pairs.");
        var pictures = Both(pair, modality => names.Select(name => Read(folder, $"paired/{name}.{modality.Code}.png")).ToArray());
        return new()
        {
            Name = "held-out phantoms",
            Sides = Both(pair, modality => new HeldOutSide(
                [.. names.Select((name, i) => new HeldOutSlice(name, pictures[modality][i], pictures[Other(modality)][i]))],
                Mean(pictures[modality]))),
            Window = window,
        };

        Modality Other(Modality modality) => modality == pair.From ? pair.To : pair.From;
    }

    private static Dictionary<Modality, T> Both<T>(Direction pair, Func<Modality, T> of) =>
        new() { [pair.From] = of(pair.From), [pair.To] = of(pair.To) };

    private static Image Read(string folder, string file) => PngFile.Read(Path.Combine(folder, file)).Map(grey => grey / 127.5f - 1);

    private static Image Mean(IEnumerable<Image> images) => HeldOutSide.MeanOf(images, Reference.Side);
}
