using Gateway.Persistence;

namespace Gateway.Testing;

/// <summary>Where the folder store keeps an object, for tests that damage it on purpose or hand it to another program.</summary>
public static class ObjectFile
{
    public static string Of(DataDirectory data, string sha256) => Path.Combine(data.Objects, sha256[..2], sha256);

    /// <summary>Puts bytes where an object of that digest would be, whatever they are.</summary>
    public static Task WriteAsync(DataDirectory data, string sha256, byte[] content, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Of(data, sha256))!);
        return File.WriteAllBytesAsync(Of(data, sha256), content, cancel);
    }
}
