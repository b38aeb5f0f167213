using System.Security.Cryptography;

namespace Gateway.Persistence;

/// <summary>Objects as files <c>objects/aa/&lt;sha256&gt;</c> of the data directory. They are durable because the file is flushed first,
/// then renamed, and then its folder is flushed.</summary>
public sealed class FolderObjectStore : IObjectStore
{
    private const int BufferBytes = 128 * 1024;
    private readonly DataDirectory _data;

    public FolderObjectStore(DataDirectory data)
    {
        _data = data.Create();

        // All folders are made at once: a folder made on first use would need a flush of its own, also by the writer that loses the race.
        for (var first = 0; first < 256; first++)
            PrivateFiles.CreateFolder(Path.Combine(data.Objects, first.ToString("x2", null)));
        DirectoryFlush.Flush(data.Objects);
    }

    public Stream OpenRead(string sha256)
    {
        try
        {
            return new FileStream(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        }
        catch (DirectoryNotFoundException e)
        {
            throw Away(e);
        }
    }

    public Task<long?> SizeAsync(string sha256, CancellationToken cancel = default)
    {
        var file = new FileInfo(PathOf(sha256));
        if (!file.Exists && !file.Directory!.Exists)
            throw Away();
        return Task.FromResult<long?>(file.Exists ? file.Length : null);
    }

    public async Task<string> PutAsync(Stream content, CancellationToken cancel = default)
    {
        var spooled = Path.Combine(_data.Spool, Path.GetRandomFileName());
        try
        {
            // Held until it is adopted: a listener that starts sweeps from the spool what nobody holds.
            await using var file = new FileStream(
                spooled, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, bufferSize: 0, useAsync: true);
            var sha256 = await SpoolAsync(content, file, cancel);
            await AdoptAsync(spooled, sha256);
            return sha256;
        }
        finally
        {
            File.Delete(spooled);
        }
    }

    /// <summary>Renames the file, which must be on the file system of the objects.</summary>
    /// <inheritdoc/>
    public Task AdoptAsync(string spoolFile, string sha256)
    {
        // An object that exists is kept: it was flushed before it was renamed. If two writers come at once, one atomically replaces the
        // other's equal bytes.
        var path = PathOf(sha256);
        if (TryRenew(path))
            File.Delete(spoolFile);
        else
            File.Move(spoolFile, path, overwrite: true);
        DirectoryFlush.Flush(Path.GetDirectoryName(path)!);
        return Task.CompletedTask;
    }

    /// <summary>Makes an object young again, so that <see cref="OrphanSweep"/> leaves it alone until its new owner has named it in a
    /// row.</summary>
    /// <returns>False: there is none, or it was just swept.</returns>
    private static bool TryRenew(string path)
    {
        if (!File.Exists(path))    // nearly always: an exception for each image is dear
            return false;
        try
        {
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    // All folders were made at the start.
    private static ObjectStoreAwayException Away(Exception? inner = null) =>
        new("The folder of the objects is not there: a file system that is not mounted?", inner);

    private string PathOf(string sha256) => Path.Combine(_data.Objects, ObjectDigest.Checked(sha256)[..2], sha256);

    private static async Task<string> SpoolAsync(Stream content, FileStream file, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
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
