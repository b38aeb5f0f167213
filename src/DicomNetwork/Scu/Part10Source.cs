namespace Gateway.DicomNetwork;

/// <summary>One Part 10 file to send, wherever it lies (PS3.10 §7.1). Results name it by this very object, so that two sources of the same
/// bytes are told apart.</summary>
/// <param name="name">Its name in reports.</param>
/// <param name="open">Gives a stream at the file's first byte that can seek; called once for its header and once more to send it.</param>
public sealed class Part10Source(string name, Func<Stream> open)
{
    /// <summary>Its name in reports; for a file (PS3.10 §7.1) the path.</summary>
    public string Name { get; } = name;

    /// <summary>A file on disk (PS3.10 §7.1).</summary>
    public static Part10Source File(string path) =>
        new(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true));

    internal Stream Open() => open();
}
