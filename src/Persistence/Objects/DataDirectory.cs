namespace Gateway.Persistence;

/// <summary>The folder given by <c>--data</c> and what lies in it. All of it is on one file system: objects are renamed from the
/// spool.</summary>
/// <param name="Root">Absolute path.</param>
public sealed record DataDirectory(string Root)
{
    /// <summary>Where data goes when no <c>--data</c> is given.</summary>
    public const string Default = "gateway-data";

    /// <summary>The SQLite file of the embedded default.</summary>
    public string Database => Path.Combine(Root, "gateway.db");

    /// <summary>Files still being written; nothing here was ever acknowledged.</summary>
    public string Spool => Path.Combine(Root, "spool");

    /// <summary>The object store: <c>objects/aa/&lt;sha256&gt;</c>. Several data folders may share one, if it is on the file system of
    /// each.</summary>
    public string Objects { get; init; } = Path.Combine(Root, "objects");

    /// <summary>Objects that are being deleted, as long as it takes to look at them once more.</summary>
    public string Trash => Path.Combine(Root, "trash");

    /// <summary>Bytes that were refused and kept for an operator.</summary>
    public string Quarantine => Path.Combine(Root, "quarantine");

    /// <summary>Derived series as files: <c>out/&lt;StudyUID&gt;/&lt;SeriesUID&gt;/&lt;SOPUID&gt;.dcm</c>.</summary>
    public string Out => Path.Combine(Root, "out");

    /// <summary>Files of training jobs under way, a folder a lease; what counts of them is in the objects.</summary>
    public string Training => Path.Combine(Root, "training");

    /// <summary>What lies directly in the folder and lets others in. A folder that keeps them out is enough for all in it.</summary>
    public IReadOnlyList<string> Open() => Directory.Exists(Root) && PrivateFiles.IsOpen(Root)
        ? [.. Directory.EnumerateFileSystemEntries(Root).Where(PrivateFiles.IsOpen)]
        : [];

    /// <summary>Makes the folders that are missing, for us alone.</summary>
    /// <exception cref="IOException">The root is a file, or cannot be written.</exception>
    public DataDirectory Create()
    {
        foreach (var folder in (string[])[Root, Spool, Objects, Trash, Quarantine, Out])
            PrivateFiles.CreateFolder(folder);
        return this;
    }
}
