using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Workshop.Scores;

/// <summary>Slices to judge generators by, and the mean pictures of the constant baseline.</summary>
public sealed record HeldOutSet
{
    public required string Name { get; init; }

    public required IReadOnlyList<HeldOutSlice> T2 { get; init; }

    public required IReadOnlyList<HeldOutSlice> Ct { get; init; }

    public required Image MeanT2 { get; init; }

    public required Image MeanCt { get; init; }

    /// <summary>What -1 and 1 of the CT pictures mean.</summary>
    public required HuWindow Window { get; init; }

    /// <summary>The test subjects of a training set; the means are the training subjects'.</summary>
    /// <exception cref="InvalidDataException">One of the four groups is empty, or a picture is damaged.</exception>
    public static HeldOutSet Real(string folder)
    {
        var manifest = TrainingManifest.Load(folder);
        return new()
        {
            Name = "held-out subjects",
            T2 = [.. Group(Modality.T2, "test").Select(file => new HeldOutSlice(Path.GetFileNameWithoutExtension(file), Read(folder, file), null))],
            Ct = [.. Group(Modality.Ct, "test").Select(file => new HeldOutSlice(Path.GetFileNameWithoutExtension(file), Read(folder, file), null))],
            MeanT2 = Mean(Group(Modality.T2, "train").Select(file => Read(folder, file))),
            MeanCt = Mean(Group(Modality.Ct, "train").Select(file => Read(folder, file))),
            Window = new(manifest.HuLow, manifest.HuHigh),
        };

        string[] Group(Modality modality, string split)
        {
            string[] files = [.. manifest.Pictures.Where(p => p.Modality == modality && p.Split == split).Select(p => p.File)];
            return files.Length > 0 ? files : throw new InvalidDataException($"{folder} has no {modality} slices for {split}.");
        }
    }

    /// <summary>Phantoms of seeds that were not trained on; the means are their own, which favours the baseline.</summary>
    /// <param name="folder">With <c>paired/NAME.t2.png</c> and <c>.ct.png</c>.</param>
    /// <param name="window">What black and white of the CT pictures mean.</param>
    /// <exception cref="InvalidDataException">There is no pair, or a picture is damaged.</exception>
    public static HeldOutSet Phantoms(string folder, HuWindow window)
    {
        string[] names = [.. Directory.GetFiles(Path.Combine(folder, "paired"), "*.t2.png").Select(file => Path.GetFileName(file)[..^".t2.png".Length]).Order(StringComparer.Ordinal)];
        if (names.Length == 0)
            throw new InvalidDataException($"{folder} holds no pairs.");
        var t2 = names.Select(name => Read(folder, $"paired/{name}.t2.png")).ToArray();
        var ct = names.Select(name => Read(folder, $"paired/{name}.ct.png")).ToArray();
        return new()
        {
            Name = "held-out phantoms",
            T2 = [.. names.Select((name, i) => new HeldOutSlice(name, t2[i], ct[i]))],
            Ct = [.. names.Select((name, i) => new HeldOutSlice(name, ct[i], t2[i]))],
            MeanT2 = Mean(t2),
            MeanCt = Mean(ct),
            Window = window,
        };
    }

    private static Image Read(string folder, string file) => PngFile.Read(Path.Combine(folder, file)).Map(grey => grey / 127.5f - 1);

    private static Image Mean(IEnumerable<Image> images)
    {
        var (sum, count) = (new Image(Reference.Side, Reference.Side), 0);
        foreach (var image in images)
        {
            for (var i = 0; i < sum.Pixels.Length; i++)
                sum.Pixels[i] += image.Pixels[i];
            count++;
        }
        return sum.Map(value => value / count);
    }
}
