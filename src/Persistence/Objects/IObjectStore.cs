namespace Gateway.Persistence;

/// <summary>
/// Bytes by their SHA-256. Write-once: an object appears whole under its digest or not at all, and once a call returned it survives power
/// loss.
/// </summary>
/// <remarks>A digest is 64 lower-case hex digits (<see cref="ObjectDigest"/>); anything else is an <see cref="ArgumentException"/>. A store
/// that fails or cannot be reached is an <see cref="IOException"/>.</remarks>
public interface IObjectStore
{
    /// <summary>Opens an object. It is synchronous because data sets are parsed synchronously.</summary>
    /// <returns>A stream at the first byte. It knows its length, can seek, does not buffer, and fetches only the ranges that are
    /// read.</returns>
    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    Stream OpenRead(string sha256);

    /// <returns>The object's length in bytes; null where there is none.</returns>
    Task<long?> SizeAsync(string sha256, CancellationToken cancel = default);

    /// <summary>Whether there is such an object.</summary>
    async Task<bool> ExistsAsync(string sha256, CancellationToken cancel = default) => await SizeAsync(sha256, cancel) is not null;

    /// <summary>Stores what is left of a stream, without holding it in memory.</summary>
    /// <returns>Its digest.</returns>
    Task<string> PutAsync(Stream content, CancellationToken cancel = default);

    /// <inheritdoc cref="PutAsync(Stream, CancellationToken)"/>
    async Task<string> PutAsync(byte[] content, CancellationToken cancel = default)
    {
        using var stream = new MemoryStream(content, writable: false);
        return await PutAsync(stream, cancel);
    }

    /// <summary>Takes over a spool file that its writer hashed and flushed to disk; the file is gone from the spool afterwards.</summary>
    /// <param name="spoolFile">A file in <see cref="DataDirectory.Spool"/>.</param>
    /// <param name="sha256">Digest of its bytes.</param>
    /// <exception cref="IOException">The object is not stored; the spool file may remain.</exception>
    Task AdoptAsync(string spoolFile, string sha256);
}
