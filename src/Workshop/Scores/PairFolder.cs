using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Workshop.Scores;

/// <summary>
/// Reads prepared pairs: <c>paired/NAME.t2.png</c> and <c>NAME.ct.png</c>, 256 x 256, 8 bit, with a CT of -20..100 HU; beside them, where
/// there are such files, <c>NAME.wide.png</c> (the CT, -1000..2000 HU), <c>NAME.finding.png</c> (the kind of finding at each pixel, 0 for
/// none) and <c>NAME.tissue.png</c> (the main tissue); and <c>pairs.json</c>. Without that, each pair is of another head, at no known level
/// and without findings.
/// </summary>
public static class PairFolder
{
    /// <summary>The HU of black and white of the CT pictures.</summary>
    public static GreyRange Window => GreyRange.Brain;

    /// <summary>The HU of black and white of <c>NAME.wide.png</c>.</summary>
    public static GreyRange Wide { get; } = new(-1000, 2000);

    /// <param name="folder">Holds <c>paired</c>.</param>
    /// <param name="pair">Either direction of the pair.</param>
    /// <param name="split">Only these, where pairs.json says; null for all.</param>
    /// <param name="ctMask">Hides from a generator what lies outside it in a CT; null for nothing.</param>
    /// <exception cref="InvalidDataException">There is no such pair, or a picture is damaged or of another size.</exception>
    public static IReadOnlyList<HeldOutPair> Read(string folder, Direction pair, string? split = null, Mask? ctMask = null)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var listed = ListedPair.Load(folder)?.Where(entry => split is null || entry.Split == split).ToDictionary(entry => entry.Name);
        var ending = $".{pair.From.Code}.png";
        var names = FolderFiles.List(Path.Combine(folder, "paired"), file => file.EndsWith(ending, StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file)[..^ending.Length]).Where(name => listed?.ContainsKey(name) != false);
        HeldOutPair[] pairs = [.. names.AsParallel().AsOrdered().Select(
            name => Read(Path.Combine(folder, "paired", name), pair, listed?[name]) with { CtMask = ctMask })];
        return pairs.Length > 0
            ? pairs : throw new InvalidDataException($"{folder} holds no pairs{(split is null ? "" : $" for {split}")}.");
    }

    private static HeldOutPair Read(string path, Direction pair, ListedPair? listed)
    {
        var pictures = ((Modality[])[pair.From, pair.To]).ToDictionary(
            modality => modality, modality => Picture($"{path}.{modality.Code}.png").Map(grey => grey / 127.5f - 1));
        var (name, ct) = (Path.GetFileName(path), pictures[ShippedModalities.Ct.Modality]);
        return new()
        {
            Name = name,
            Subject = listed?.Head ?? name,
            LevelMm = listed?.LevelMm,
            Pictures = pictures,
            Wide = Beside("wide")?.Map(grey => Wide.FromUnit(grey / 127.5f - 1)),
            Findings = Beside("finding") is { } kinds ? Array.ConvertAll(kinds.Pixels, kind => (byte)kind)
                : listed is null or { Findings.Count: 0 } ? new byte[ct.Pixels.Length] : null,
            Brain = Beside("tissue") is { } tissues ? BrainMask.OfTissues(tissues) : BrainMask.OfCt(ct, Window),
        };

        Image? Beside(string what) => File.Exists($"{path}.{what}.png") ? Picture($"{path}.{what}.png") : null;
    }

    private static Image Picture(string path) => PngFile.Read(path) is { Width: Reference.Side, Height: Reference.Side } picture
        ? picture : throw new InvalidDataException($"{path} is not {Reference.Side} x {Reference.Side}.");
}
