using Gateway.Imaging.Files;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.TrainingSets;

namespace Gateway.TrainingWorker.Data;

/// <summary>Reads prepared 8-bit grey PNG slices: those that <see cref="TrainingManifest"/> lists, and <c>paired/N.t2.png</c> beside <c>paired/N.ct.png</c>.</summary>
public static class PreparedFolder
{
    /// <summary>Reads both folders whole; a real folder that is null gives empty unpaired lists.</summary>
    /// <param name="real">Folder of real slices, its own <c>paired/</c> holding T2 slices with a CT made by rule; null for none.</param>
    /// <param name="paired">Folder of phantom pairs.</param>
    /// <param name="leastNccInside">Training slices whose brain pattern matches the reference's less than this are of another level, and left out.</param>
    /// <exception cref="InvalidDataException">A picture is not square 8-bit grey, or half of a pair is missing.</exception>
    public static TrainingData Load(string? real, string paired, double leastNccInside = -1)
    {
        var pairs = LoadPairs(paired);
        // The last tenth is never trained on: whole phantoms, in the order they were drawn.
        var heldOut = Math.Max(1, pairs.Count / 10);
        var pictures = real is null ? [] : TrainingManifest.Load(real).Pictures;
        return new TrainingData
        {
            T2Train = Pick(pictures, Modality.T2, test: false),
            T2Test = Pick(pictures, Modality.T2, test: true),
            CtTrain = Pick(pictures, Modality.Ct, test: false),
            CtTest = Pick(pictures, Modality.Ct, test: true),
            PseudoPairs = real is not null && Directory.Exists(Path.Combine(real, "paired")) ? LoadPairs(real) : [],
            PairsTrain = [.. pairs.SkipLast(heldOut)],
            PairsTest = [.. pairs.TakeLast(heldOut)],
        };

        List<PreparedPicture> Pick(IEnumerable<TrainingPicture> all, Modality modality, bool test)
            => [.. all.Where(p => p.Modality == modality && p.Split == "test" == test && (test || p.NccInside >= leastNccInside)).Select(p => LoadPicture(Path.Combine(real!, p.File)))];
    }

    private static List<PreparedPair> LoadPairs(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(folder, "paired"), "*.t2.png");
        Array.Sort(files, StringComparer.Ordinal);
        return [.. files.Select(t2 => new PreparedPair(LoadPicture(t2), LoadPicture(t2[..^".t2.png".Length] + ".ct.png")))];
    }

    private static PreparedPicture LoadPicture(string path)
    {
        var image = PngFile.Read(path);
        return image.Width == image.Height
            ? new PreparedPicture(Path.GetFileNameWithoutExtension(path), image.Width, Array.ConvertAll(image.Pixels, value => (byte)value))
            : throw new InvalidDataException($"{path}: {image.Width} x {image.Height}, expected a square.");
    }
}
