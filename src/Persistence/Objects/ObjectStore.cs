using System.Buffers;
using System.Security.Cryptography;

namespace Gateway.Persistence;

/// <summary>
/// Bytes by their SHA-256, as files <c>objects/aa/&lt;sha256&gt;</c>. Write-once: an object appears whole under its name or not at all,
/// and once a call returned it survives power loss (file flushed, renamed, folder flushed).
/// </summary>
public sealed class ObjectStore
{
    private const int BufferBytes = 128 * 1024;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private readonly DataDirectory _data;

    public ObjectStore(DataDirectory data)
    {
        _data = data.Create();

        // All folders now: one made on first use would need its own flush, by whoever loses the race as well.
        for (var first = 0; first < 256; first++)
            Directory.CreateDirectory(Path.Combine(data.Objects, first.ToString("x2", null)));
        DirectoryFlush.Flush(data.Objects);
    }

    /// <summary>Stores what is left of a stream.</summary>
    /// <returns>SHA-256, 64 lower-case hex digits.</returns>
    public async Task<string> PutAsync(Stream content, CancellationToken cancel = default)
    {
        var spooled = Path.Combine(_data.Spool, Path.GetRandomFileName());
        try
        {
            var sha256 = await SpoolAsync(content, spooled, cancel);
            return await AdoptAsync(spooled, sha256);
        }
        finally
        {
            File.Delete(spooled);
        }
    }

    /// <inheritdoc cref="PutAsync(Stream, CancellationToken)"/>
    public async Task<string> PutAsync(byte[] content, CancellationToken cancel = default)
    {
        using var stream = new MemoryStream(content, writable: false);
        return await PutAsync(stream, cancel);
    }

    /// <summary>Takes over a spool file that its writer hashed and flushed to disk; the file is gone from the spool afterwards.</summary>
    /// <param name="spoolFile">A file on the object store's file system.</param>
    /// <param name="sha256">SHA-256 of its bytes, 64 lower-case hex digits.</param>
    /// <returns><paramref name="sha256"/>.</returns>
    /// <exception cref="ArgumentException">Not a SHA-256 in lower-case hex.</exception>
    /// <exception cref="IOException">The object is not stored; the spool file may remain.</exception>
    public Task<string> AdoptAsync(string spoolFile, string sha256)
    {
        // What is there stays, and was flushed before it got its name. Two that come at once replace each other, atomically.
        var path = PathOf(sha256);
        if (File.Exists(path))
            File.Delete(spoolFile);
        else
            File.Move(spoolFile, path, overwrite: true);
        DirectoryFlush.Flush(Path.GetDirectoryName(path)!);
        return Task.FromResult(sha256);
    }

    /// <exception cref="FileNotFoundException">No such object.</exception>
    public Stream OpenRead(string sha256) =>
        new FileStream(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, useAsync: true);

    /// <summary>Where the object is, or would be.</summary>
    /// <exception cref="ArgumentException">Not a SHA-256 in lower-case hex.</exception>
    public string PathOf(string sha256)
    {
        if (sha256.Length != 64 || sha256.AsSpan().ContainsAnyExcept(LowerHex))
            throw new ArgumentException("An object is named by 64 lower-case hex digits.", nameof(sha256));
        return Path.Combine(_data.Objects, sha256[..2], sha256);
    }

    private static async Task<string> SpoolAsync(Stream content, string path, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        var buffer = new byte[BufferBytes];
        for (int read; (read = await content.ReadAsync(buffer, cancel)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
