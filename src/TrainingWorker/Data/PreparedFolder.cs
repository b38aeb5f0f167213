using Gateway.Imaging.Files;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.TrainingSets;

namespace Gateway.TrainingWorker.Data;

/// <summary>Reads prepared 8-bit grey PNG slices: those that <see cref="TrainingManifest"/> lists, and pairs: <c>paired/N.t2.png</c> beside
/// <c>paired/N.ct.png</c> for the pair <c>t2-ct</c>, beside them <c>N.wide.png</c>, <c>N.finding.png</c> and <c>N.tissue.png</c> where they
/// are known.</summary>
public static class PreparedFolder
{
    /// <summary>Reads all folders completely. If the real folder is null, the unpaired lists are empty.</summary>
    /// <param name="real">Folder of real slices; null for none. Its own <c>paired/</c> holds slices with a picture
    /// of the other modality made by
    /// rules.</param>
    /// <param name="paired">Folders of pairs. Those with a list (<see cref="ListedPair"/>) say which pairs test; of others it is the last
    /// tenth.</param>
    /// <param name="pair">Source and target of the pair, in this order.</param>
    /// <param name="leastNccInside">Training slices whose brain pattern matches the reference's less than this are
    /// left out: they are of another
    /// level.</param>
    /// <exception cref="InvalidDataException">A picture is not square 8-bit grey, half of a pair is missing, or a list does not fit its
    /// folder.</exception>
    public static TrainingData Load(
        string? real, IReadOnlyList<string> paired, IReadOnlyList<ModalityProfile> pair, double leastNccInside = -1)
    {
        var pictures = real is null ? [] : TrainingManifest.Load(real).Pictures;
        return new TrainingData
        {
            Sides = [.. pair.Select(Side)],
            PseudoPairs = real is not null && Directory.Exists(Path.Combine(real, "paired")) ? LoadPairs(real, pair) : [],
            PairSets = [.. paired.Select(folder => Set(folder, pair))],
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

    private static PairSet Set(string folder, IReadOnlyList<ModalityProfile> pair)
    {
        var (name, pairs) = (Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), LoadPairs(folder, pair));
        if (pairs.Exists(one => one.Entry is not null))
            return new() { Name = name, Train = [.. pairs.Where(one => !IsTest(one))], Test = [.. pairs.Where(IsTest)] };
        // The last tenth is never trained on: whole phantoms, in the order in which they were drawn.
        var heldOut = Math.Max(1, pairs.Count / 10);
        return new() { Name = name, Train = [.. pairs.SkipLast(heldOut)], Test = [.. pairs.TakeLast(heldOut)] };

        static bool IsTest(PreparedPair one) => one.Entry!.Split == ListedPair.Test;
    }

    private static List<PreparedPair> LoadPairs(string folder, IReadOnlyList<ModalityProfile> pair)
    {
        var first = Ending(pair[0]);
        var entries = (ListedPair.Load(folder) ?? []).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        var files = FolderFiles.List(Path.Combine(folder, "paired"), file => file.EndsWith(first, StringComparison.Ordinal)).ToList();
        var names = files.Select(file => Path.GetFileName(file)[..^first.Length]).ToHashSet(StringComparer.Ordinal);
        if (entries.Count > 0 && !names.SetEquals(entries.Keys))
            throw new InvalidDataException($"{folder}: {ListedPair.FileName} lists {entries.Count} pairs, and there are {names.Count}.");
        return [.. files.Select(file => LoadPair(file[..^first.Length], pair, entries))];
    }

    private static PreparedPair LoadPair(string path, IReadOnlyList<ModalityProfile> pair, Dictionary<string, ListedPair> entries)
    {
        return new(pair.ToDictionary(side => side.Modality, side => LoadPicture(path + Ending(side))))
        {
            Wide = Optional("wide"),
            Finding = Optional("finding"),
            Tissue = Optional("tissue"),
            Entry = entries.GetValueOrDefault(Path.GetFileName(path)),
        };

        PreparedPicture? Optional(string kind) => File.Exists($"{path}.{kind}.png") ? LoadPicture($"{path}.{kind}.png") : null;
    }

    private static string Ending(ModalityProfile side) => $".{side.Modality.Code}.png";

    private static PreparedPicture LoadPicture(string path)
    {
        var image = PngFile.Read(path);
        return image.Width == image.Height
            ? new PreparedPicture(Path.GetFileNameWithoutExtension(path), image.Width, Array.ConvertAll(image.Pixels, value => (byte)value))
            : throw new InvalidDataException($"{path}: {image.Width} x {image.Height}, expected a square.");
    }
}
