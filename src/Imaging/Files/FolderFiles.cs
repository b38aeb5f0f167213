namespace Gateway.Imaging.Files;

/// <summary>The files of a folder as users have them: with links to nowhere, links that lead round in a circle, pipes and what else is no
/// file, and places that may not be looked at. A program that opened a pipe would wait for ever.</summary>
public sealed class FolderFiles
{
    private const int MostNamed = 5;

    private readonly Predicate<string> _wanted;
    private readonly bool _below;
    private readonly List<string> _files = [];
    private readonly List<string> _leftOut = [];
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

    private FolderFiles(Predicate<string> wanted, bool below) => (_wanted, _below) = (wanted, below);

    /// <summary>Lists what can be read, in name order. What cannot is counted on standard error.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="wanted">Paths that are of interest.</param>
    /// <param name="below">Also in the folders below; each once, whatever links lead to it.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> List(string folder, Predicate<string> wanted, bool below = false)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        var found = new FolderFiles(wanted, below);
        var root = new DirectoryInfo(folder);
        found._visited.Add((Target(root) ?? root).FullName);
        found.Walk(root);
        if (found._leftOut.Count > 0)
            Console.Error.WriteLine($"Left out: {found._leftOut.Count} of {folder} that cannot be read as files: {Names(found._leftOut)}");
        found._files.Sort(StringComparer.Ordinal);
        return found._files;
    }

    /// <summary>Whether it is, or links to, a file with something in it that we may read. Nothing but a file has a length.</summary>
    public static bool IsReadable(string path)
    {
        try
        {
            if (Target(new FileInfo(path)) is not FileInfo { Exists: true, Length: > 0 } file)
                return false;
            using (File.OpenHandle(file.FullName))
                return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Names(List<string> paths) =>
        string.Join(", ", paths.Take(MostNamed).Select(Path.GetFileName)) + (paths.Count > MostNamed ? ", ..." : "");

    private void Walk(DirectoryInfo folder)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = folder.GetFileSystemInfos();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _leftOut.Add(folder.FullName);
            return;
        }

        foreach (var entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
            Look(entry);
    }

    private void Look(FileSystemInfo entry)
    {
        if (Target(entry) is DirectoryInfo { Exists: true } folder)
        {
            if (_below && _visited.Add(folder.FullName))
                Walk(new(entry.FullName));
        }
        else if (_wanted(entry.FullName))
        {
            (IsReadable(entry.FullName) ? _files : _leftOut).Add(entry.FullName);
        }
    }

    /// <returns>The entry itself where it is no link; null for a link that leads round in a circle.</returns>
    private static FileSystemInfo? Target(FileSystemInfo entry)
    {
        try
        {
            return entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
