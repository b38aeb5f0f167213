using System.Security.Cryptography;
using System.Text;
using Gateway.Testing;

namespace Gateway.Persistence.Tests;

/// <summary>What every object store must do. A new one is one more line of <see cref="Openers"/>.</summary>
public sealed class ObjectStoreTests : IDisposable
{
    private const string Sha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2, B.1
    private static readonly byte[] Abc = Encoding.ASCII.GetBytes("abc");

    private static readonly Dictionary<string, Func<DataDirectory, IObjectStore>> Openers = new()
    {
        ["folder"] = data => new FolderObjectStore(data),
        ["memory"] = _ => new MemoryObjectStore(),
    };

    private readonly TemporaryDirectory _folder = new();
    private readonly DataDirectory _data;

    public ObjectStoreTests() => _data = new DataDirectory(_folder.Path).Create();

    public static TheoryData<string> Stores => [.. Openers.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Stores))]
    public async Task An_object_is_found_under_its_digest(string name)
    {
        var store = Open(name);

        Assert.Equal(Sha256OfAbc, await store.PutAsync(Abc, Cancel));

        Assert.Equal(Abc, await ReadAsync(store, Sha256OfAbc));
        Assert.Equal(3, await store.SizeAsync(Sha256OfAbc, Cancel));
        Assert.True(await store.ExistsAsync(Sha256OfAbc, Cancel));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Nothing_is_an_object_too(string name)
    {
        var store = Open(name);

        var sha256 = await store.PutAsync([], Cancel);

        Assert.Empty(await ReadAsync(store, sha256));
        Assert.Equal(0, await store.SizeAsync(sha256, Cancel));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task What_is_left_of_a_stream_is_stored(string name)
    {
        var store = Open(name);
        using var content = new MemoryStream(Encoding.ASCII.GetBytes("..abc")) { Position = 2 };

        Assert.Equal(Sha256OfAbc, await store.PutAsync(content, Cancel));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task An_open_reader_keeps_reading_when_the_same_bytes_come_again(string name)
    {
        var store = Open(name);
        await store.PutAsync(Abc, Cancel);
        await using var reader = store.OpenRead(Sha256OfAbc);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.PutAsync(Abc, Cancel)));

        Assert.Equal('a', reader.ReadByte());
        Assert.Equal(Abc, await ReadAsync(store, Sha256OfAbc));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Any_range_of_an_object_can_be_read_by_several_readers_at_once(string name)
    {
        var store = Open(name);
        var content = new byte[1_000_003];
        new Random(1).NextBytes(content);
        var sha256 = await store.PutAsync(content, Cancel);
        await using var first = store.OpenRead(sha256);
        await using var second = store.OpenRead(sha256);

        Assert.Equal((0, content.Length, true), (first.Position, first.Length, first.CanSeek));
        foreach (var (at, length) in ((int, int)[])[(500_000, 300_000), (0, 1), (999_999, 4), (131_071, 2)])
        {
            first.Position = at;
            second.Seek(at - content.Length, SeekOrigin.End);
            var (read, readAsync) = (new byte[length], new byte[length]);
            first.ReadExactly(read);
            await second.ReadExactlyAsync(readAsync, Cancel);
            Assert.Equal(content[at..(at + length)], read);
            Assert.Equal(content[at..(at + length)], readAsync);
        }
        Assert.Equal((0, 0), (first.Seek(0, SeekOrigin.End) - content.Length, first.Read(new byte[1])));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_sender_that_breaks_off_leaves_nothing(string name)
    {
        var store = Open(name);

        await Assert.ThrowsAsync<IOException>(() => store.PutAsync(new BreakingStream(), Cancel));

        Assert.False(await store.ExistsAsync(Convert.ToHexStringLower(SHA256.HashData(BreakingStream.Begun)), Cancel));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_spool_file_is_taken_over_however_often_it_comes(string name)
    {
        var store = Open(name);
        for (var time = 0; time < 2; time++)
        {
            var spooled = Path.Combine(_data.Spool, "incoming");
            await File.WriteAllBytesAsync(spooled, Abc, Cancel);

            await store.AdoptAsync(spooled, Sha256OfAbc);

            Assert.False(File.Exists(spooled));
            Assert.Equal(Abc, await ReadAsync(store, Sha256OfAbc));
        }
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Only_a_digest_names_an_object(string name)
    {
        var store = Open(name);
        var spooled = Path.Combine(_data.Spool, "incoming");
        await File.WriteAllBytesAsync(spooled, Abc, Cancel);

        foreach (var wrong in (string[])[
            "", "../../../../../../../etc/passwd", Sha256OfAbc.ToUpperInvariant(), Sha256OfAbc[..63] + "/", Sha256OfAbc + "0"])
        {
            Assert.Throws<ArgumentException>(() => store.OpenRead(wrong));
            await Assert.ThrowsAsync<ArgumentException>(() => store.SizeAsync(wrong, Cancel));
            await Assert.ThrowsAsync<ArgumentException>(() => store.AdoptAsync(spooled, wrong));
        }
        Assert.True(File.Exists(spooled));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task What_is_not_there_says_so(string name)
    {
        var store = Open(name);

        Assert.Throws<FileNotFoundException>(() => store.OpenRead(Sha256OfAbc));
        Assert.Null(await store.SizeAsync(Sha256OfAbc, Cancel));
        Assert.False(await store.ExistsAsync(Sha256OfAbc, Cancel));
    }

    private IObjectStore Open(string name) => Openers[name](_data);

    private static async Task<byte[]> ReadAsync(IObjectStore store, string sha256)
    {
        await using var stream = store.OpenRead(sha256);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }

    private sealed class BreakingStream : MemoryStream
    {
        public static readonly byte[] Begun = Enumerable.Repeat((byte)1, 1_000).ToArray();
        private bool _begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun)
                throw new IOException("The connection is gone.");
            _begun = true;
            Begun.CopyTo(buffer);
            return new(Begun.Length);
        }

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var buffer = new byte[Begun.Length];
            while (await ReadAsync(buffer, cancellationToken) is var read and > 0)
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
