using Gateway.Imaging.Files;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.TrainingSets;

namespace Gateway.TrainingWorker.Data;

/// <summary>Reads prepared 8-bit grey PNG slices: those that <see cref="TrainingManifest"/> lists, and <c>paired/N.t2.png</c> beside
/// <c>paired/N.ct.png</c> for the pair <c>t2-ct</c>.</summary>
public static class PreparedFolder
{
    /// <summary>Reads both folders completely. If the real folder is null, the unpaired lists are empty.</summary>
    /// <param name="real">Folder of real slices; null for none. Its own <c>paired/</c> holds slices with a picture
    /// of the other modality made by
    /// rules.</param>
    /// <param name="paired">Folder of phantom pairs.</param>
    /// <param name="pair">Source and target of the pair, in this order.</param>
    /// <param name="leastNccInside">Training slices whose brain pattern matches the reference's less than this are
    /// left out: they are of another
    /// level.</param>
    /// <exception cref="InvalidDataException">A picture is not square 8-bit grey, or half of a pair is missing.</exception>
    public static TrainingData Load(string? real, string paired, IReadOnlyList<ModalityProfile> pair, double leastNccInside = -1)
    {
        var pairs = LoadPairs(paired, pair);
        // The last tenth is never trained on: whole phantoms, in the order in which they were drawn.
        var heldOut = Math.Max(1, pairs.Count / 10);
        var pictures = real is null ? [] : TrainingManifest.Load(real).Pictures;
        return new TrainingData
        {
            Sides = [.. pair.Select(Side)],
            PseudoPairs = real is not null && Directory.Exists(Path.Combine(real, "paired")) ? LoadPairs(real, pair) : [],
            PairsTrain = [.. pairs.SkipLast(heldOut)],
            PairsTest = [.. pairs.TakeLast(heldOut)],
        };

        TrainingSide Side(ModalityProfile profile) => new()
        {
            Profile = profile,
            Train = Pick(profile.Modality, test: false),
            Test = Pick(profile.Modality, test: true),
        };

        List<PreparedPicture> Pick(Modality modality, bool test)
            =>
            [.. pictures.Where(p => p.Modality == modality && p.Split == "test" == test && (test || p.NccInside >= leastNccInside))
                .Select(p => LoadPicture(Path.Combine(real!, p.File)))];
    }

    private static List<PreparedPair> LoadPairs(string folder, IReadOnlyList<ModalityProfile> pair)
    {
        var first = Ending(pair[0]);
        return
        [
            .. from file in FolderFiles.List(Path.Combine(folder, "paired"), file => file.EndsWith(first, StringComparison.Ordinal))
               let name = file[..^first.Length]
               select new PreparedPair(pair.ToDictionary(side => side.Modality, side => LoadPicture(name + Ending(side)))),
        ];

        static string Ending(ModalityProfile side) => $".{side.Modality.Code}.png";
    }

    private static PreparedPicture LoadPicture(string path)
    {
        var image = PngFile.Read(path);
        return image.Width == image.Height
            ? new PreparedPicture(Path.GetFileNameWithoutExtension(path), image.Width, Array.ConvertAll(image.Pixels, value => (byte)value))
            : throw new InvalidDataException($"{path}: {image.Width} x {image.Height}, expected a square.");
    }
}
