using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Gateway.Persistence.Tests;

/// <summary>A store without files, so that <see cref="ObjectStoreTests"/> asks for nothing that only files have.</summary>
internal sealed class MemoryObjectStore : IObjectStore
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = [];

    public Stream OpenRead(string sha256) => _objects.TryGetValue(ObjectDigest.Checked(sha256), out var bytes)
        ? new MemoryStream(bytes, writable: false)
        : throw new FileNotFoundException("There is no such object.");

    public Task<long?> SizeAsync(string sha256, CancellationToken cancel) =>
        Task.FromResult(_objects.TryGetValue(ObjectDigest.Checked(sha256), out var bytes) ? bytes.Length : (long?)null);

    public async Task<string> PutAsync(Stream content, CancellationToken cancel)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancel);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(copy.GetBuffer().AsSpan(0, (int)copy.Length)));
        _objects.TryAdd(sha256, copy.ToArray());
        return sha256;
    }

    public async Task AdoptAsync(string spoolFile, string sha256)
    {
        _objects.TryAdd(ObjectDigest.Checked(sha256), await File.ReadAllBytesAsync(spoolFile));
        File.Delete(spoolFile);
    }
}
