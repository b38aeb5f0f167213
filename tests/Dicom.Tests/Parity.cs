namespace Gateway.Dicom.Tests;

/// <summary>What the comparisons with other readers share.</summary>
internal static class Parity
{
    /// <summary>We note the syntax that we found in files that name none.</summary>
    public const string TransferSyntax = "00020010";

    /// <summary>Whether the element at the end of a path has a private tag.</summary>
    public static bool IsPrivate(string path) => (Convert.ToInt32(path[^8..^4], 16) & 1) == 1;

    /// <summary>By file, below its folder's name: in what it differs. Compared is what we read, or null where we refuse the file.</summary>
    public static Dictionary<string, List<Difference>> Differences(
        string root, IEnumerable<string> files, Func<string, DicomFile?, IEnumerable<Difference>> compare)
    {
        var differences = new Dictionary<string, List<Difference>>();
        foreach (var path in files)
        {
            var found = compare(path, Open(path)).ToList();
            if (found.Count > 0) differences.Add(Path.GetRelativePath(Path.GetDirectoryName(root)!, path), found);
        }
        return differences;
    }

    private static DicomFile? Open(string path)
    {
        try
        {
            return DicomFile.Open(path);
        }
        catch (DicomFileException)
        {
            return null;
        }
    }
}
