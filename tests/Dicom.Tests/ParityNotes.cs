namespace Gateway.Dicom.Tests;

/// <summary>The files that another reader reads otherwise than we do, each with the reason: PS3.5 decides. A line of ParityNotes.txt is
/// file, reader (pydicom, dcmdump), the paths of the elements (or * for all of the file) and the reason, separated by bars.</summary>
internal sealed class ParityNotes
{
    private readonly Dictionary<(string File, string Reader), string[]> _listed = File.ReadAllLines(
        Path.Combine(AppContext.BaseDirectory, "ParityNotes.txt"))
        .Where(line => line.Length > 0 && !line.StartsWith('#')).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => (cells[0], cells[1]), cells => cells[2].Split(' '));

    /// <summary>What is wrong with the differences found with one reader: those that are not on the list, and lines that need not
    /// be.</summary>
    public IEnumerable<string> Unexplained(string reader, string folder, IReadOnlyDictionary<string, List<Difference>> differences)
    {
        foreach (var (file, found) in differences)
            foreach (var difference in found.Where(difference => !IsListed(file, reader, difference.Path)))
                yield return $"{file} | {reader} | {difference.Path} | {difference.What}";
        foreach (var ((file, listed), paths) in _listed.Where(
            line => line.Key.Reader == reader && line.Key.File.StartsWith(folder + "/", StringComparison.Ordinal)))
            foreach (var path in paths)
                if (!differences.TryGetValue(file, out var found) || !found.Exists(difference => path == "*" || difference.Path == path))
                    yield return $"{file} is on the list for {listed} with {path} and does not differ there";
    }

    private bool IsListed(string file, string reader, string path) =>
        _listed.TryGetValue((file, reader), out var paths) && (paths is ["*"] || paths.Contains(path));
}
