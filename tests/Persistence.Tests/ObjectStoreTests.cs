using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Gateway.Testing;

namespace Gateway.Persistence.Tests;

public sealed class ObjectStoreTests : IDisposable
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("abc");
    private const string Sha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2, B.1
    private readonly TemporaryDirectory _folder = new();
    private readonly DataDirectory _data;
    private readonly ObjectStore _store;

    public ObjectStoreTests()
    {
        _data = new DataDirectory(_folder.Path);
        _store = new ObjectStore(_data);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_object_is_found_under_its_digest()
    {
        var sha256 = await _store.PutAsync(Content, Cancel);

        Assert.Equal(Sha256OfAbc, sha256);
        Assert.Equal(Path.Combine(_data.Objects, "ba", Sha256OfAbc), _store.PathOf(sha256));
        Assert.Equal(Content, await ReadAsync(sha256));
        Assert.Empty(Directory.GetFiles(_data.Spool));
    }

    [Fact]
    public async Task The_same_bytes_twice_are_one_object_and_an_open_reader_keeps_reading()
    {
        await _store.PutAsync(Content, Cancel);
        await using var reader = _store.OpenRead(Sha256OfAbc);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _store.PutAsync(Content, Cancel)));

        Assert.Single(Directory.GetFiles(_data.Objects, "*", SearchOption.AllDirectories));
        Assert.Equal('a', reader.ReadByte());
    }

    [Fact]
    public async Task A_sender_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => _store.PutAsync(new BreakingStream(), Cancel));

        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_spool_file_is_taken_over()
    {
        var spooled = Path.Combine(_data.Spool, "incoming");
        await File.WriteAllBytesAsync(spooled, Content, Cancel);

        await _store.AdoptAsync(spooled, Sha256OfAbc);

        Assert.False(File.Exists(spooled));
        Assert.Equal(Content, await ReadAsync(Sha256OfAbc));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../../../../../../../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a/")]
    public void Only_a_digest_names_an_object(string name) => Assert.Throws<ArgumentException>(() => _store.PathOf(name));

    [Fact]
    public void What_is_not_there_says_so() => Assert.Throws<FileNotFoundException>(() => _store.OpenRead(Sha256OfAbc));

    [Fact]
    public async Task After_kill_9_every_acknowledged_object_is_whole_and_no_other_is_half_there()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ObjectStoreTests).Assembly.Location);
        start.Environment[StoringChild.Variable] = _folder.Path;
        using var child = Process.Start(start)!;
        var acknowledged = new List<string>();
        while (acknowledged.Count < 40 && await child.StandardOutput.ReadLineAsync(Cancel) is { } line)
            acknowledged.Add(line);
        child.Kill();
        acknowledged.AddRange((await child.StandardOutput.ReadToEndAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Length == 64));
        await child.WaitForExitAsync(Cancel);

        Assert.True(acknowledged.Count >= 40);
        Assert.All(acknowledged, sha256 => Assert.True(File.Exists(_store.PathOf(sha256))));
        Assert.All(Directory.GetFiles(_data.Objects, "*", SearchOption.AllDirectories), file =>
            Assert.Equal(Path.GetFileName(file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))));
    }

    private async Task<byte[]> ReadAsync(string sha256)
    {
        await using var stream = _store.OpenRead(sha256);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }

    private sealed class BreakingStream : MemoryStream
    {
        private bool _begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun)
                throw new IOException("The connection is gone.");
            _begun = true;
            buffer.Span[..1_000].Fill(1);
            return new(1_000);
        }
    }
}
