using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Gateway.Testing;

namespace Gateway.Persistence.Tests;

/// <summary>What the folder store promises beyond <see cref="ObjectStoreTests"/>: where files lie, and what
/// a crash leaves of them.</summary>
public sealed class FolderObjectStoreTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly DataDirectory _data;
    private readonly IObjectStore _store;

    public FolderObjectStoreTests()
    {
        _data = new DataDirectory(_folder.Path);
        _store = new FolderObjectStore(_data);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_bytes_are_one_file_named_by_their_digest()
    {
        var digests = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _store.PutAsync([1, 2, 3], Cancel)));

        Assert.Equal([ObjectFile.Of(_data, digests[0])], Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Storing_a_new_object_throws_nothing_inside_either()
    {
        var spooled = Path.Combine(_data.Spool, "spooled");
        await File.WriteAllBytesAsync(spooled, [1, 2, 3], Cancel);
        var (thread, thrown) = (Environment.CurrentManagedThreadId, new List<Exception>());
        void Note(object? sender, FirstChanceExceptionEventArgs error)
        {
            if (Environment.CurrentManagedThreadId == thread)
                thrown.Add(error.Exception);
        }

        AppDomain.CurrentDomain.FirstChanceException += Note;
        var adopted = _store.AdoptAsync(spooled, Convert.ToHexStringLower(SHA256.HashData([1, 2, 3])));    // to its end, on this thread
        AppDomain.CurrentDomain.FirstChanceException -= Note;

        Assert.True(adopted.IsCompletedSuccessfully);
        Assert.Empty(thrown);
    }

    [Fact]
    public async Task Nobody_says_that_an_object_is_not_there_when_its_folder_is_gone()
    {
        var sha256 = await _store.PutAsync([1, 2, 3], Cancel);
        Directory.Delete(_data.Objects, recursive: true);

        Assert.Throws<ObjectStoreAwayException>(() => _store.OpenRead(sha256));
        await Assert.ThrowsAsync<ObjectStoreAwayException>(() => _store.ExistsAsync(sha256, Cancel));
    }

    [Fact]
    public async Task Large_objects_pass_through_and_are_never_held()
    {
        const int size = 64 * 1024 * 1024;
        using (var file = File.Create(_folder.Combine("large")))
            file.SetLength(size);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await using (var content = new FileStream(_folder.Combine("large"), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
        {
            await using var stored = _store.OpenRead(await _store.PutAsync(content, Cancel));
            await stored.CopyToAsync(Stream.Null, Cancel);
        }

        // Of the whole process, in which other tests allocate too.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, size / 2);
    }

    [Fact]
    public async Task After_kill_9_every_acknowledged_object_is_whole_and_no_other_is_half_there()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(FolderObjectStoreTests).Assembly.Location);
        start.Environment[StoringChild.Variable] = _folder.Path;
        using var child = Process.Start(start)!;
        var acknowledged = new List<string>();
        while (acknowledged.Count < 40 && await child.StandardOutput.ReadLineAsync(Cancel) is { } line)
            acknowledged.Add(line);
        child.Kill();
        acknowledged.AddRange(
            (await child.StandardOutput.ReadToEndAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line.Length == 64));
        await child.WaitForExitAsync(Cancel);

        Assert.True(acknowledged.Count >= 40);
        foreach (var sha256 in acknowledged)
            Assert.True(await _store.ExistsAsync(sha256, Cancel));
        Assert.All(Directory.GetFiles(_data.Objects, "*", SearchOption.AllDirectories), file =>
            Assert.Equal(Path.GetFileName(file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))));
    }
}
