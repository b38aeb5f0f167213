using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Sources;

namespace Gateway.Workshop.Evaluation;

/// <summary>What one person's folder holds.</summary>
internal sealed class SubjectFiles
{
    private readonly IReadOnlyDictionary<string, string> _t2;
    private readonly IReadOnlyDictionary<string, string> _ct;

    private SubjectFiles(string folder)
    {
        (_t2, _ct) = (Entries(folder, ShippedModalities.T2.Modality.Code), Entries(folder, ShippedModalities.Ct.Modality.Code));
        var both = _t2.Keys.Count(_ct.ContainsKey);
        Problem = _t2.Count == 0 || _ct.Count == 0 ? "it has no t2* and ct*."
            : !IsPictures && (_t2.Count > 1 || _ct.Count > 1) ? "it has more than one t2* or ct*."
            : IsPictures && both == 0 ? "no two of its pictures have names that go on alike."
            : null;
    }

    /// <summary>Why there is no pair; null if there is one.</summary>
    public string? Problem { get; }

    public bool IsPictures => _t2.Values.Concat(_ct.Values).All(IsPicture);

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IEnumerable<SubjectFiles> Of(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        return Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(person => new SubjectFiles(person));
    }

    /// <summary>Grey values as stored, of the pictures that have a partner.</summary>
    public IEnumerable<(Image T2, Image Ct)> Pictures() =>
        _t2.Keys.Where(_ct.ContainsKey).Order(StringComparer.Ordinal).Select(name => (PngFile.Read(_t2[name]), PngFile.Read(_ct[name])));

    /// <summary>One pair of volumes, or one of single slices for each pair of pictures.</summary>
    /// <param name="window">HU that 0 and 255 of a CT picture stand for.</param>
    /// <exception cref="VolumeException">A series cannot become a volume.</exception>
    public IEnumerable<(Volume T2, Volume Ct)> Volumes(GreyRange window) => IsPictures
        ? Pictures().Select(pair => (SourceVolumes.OfGrey(pair.T2), SourceVolumes.OfPicture(pair.Ct, window)))
        : [(Series(_t2), Series(_ct))];

    private static Volume Series(IReadOnlyDictionary<string, string> entries) =>
        SourceVolumes.Read(entries.Values.Single(), GreyRange.Brain).Single().Volume;

    /// <summary>Files and folders whose names begin so, by how their names go on; of a folder of pictures, the pictures.</summary>
    private static Dictionary<string, string> Entries(string folder, string code)
    {
        var entries = Directory.GetFileSystemEntries(folder)
            .Where(path => Path.GetFileName(path).StartsWith(code, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            var pictures = Directory.Exists(entry) ? FolderFiles.List(entry, IsPicture) : [];
            foreach (var picture in pictures)
                found[Path.GetFileName(picture)] = picture;
            if (pictures.Count == 0)
                found[Path.GetFileName(entry)[code.Length..]] = entry;
        }
        return found;
    }

    private static bool IsPicture(string path) => path.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
}
