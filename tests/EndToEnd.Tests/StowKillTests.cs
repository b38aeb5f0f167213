using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>A listener dies in the middle of a STOW-RS request.</summary>
public sealed class StowKillTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task Killed_in_a_request_nothing_acknowledged_is_lost_and_nothing_half_stays(string servers)
    {
        var data = new DataDirectory(_folder.Combine("data"));
        await using var gateway = await GatewayProcess.StartAsync(data.Root, await Servers.SettingsAsync(servers));
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.T2, seed: 780 + (ulong)servers.Length);
        var images = Directory.GetFiles(source).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(HttpStatusCode.OK, (await gateway.StowAsync(images[..3])).StatusCode);
        await gateway.FinishedAsync(uid, "ineligible");

        await KillInRequestAsync(gateway, uid, images[3..]);
        await gateway.StartAsync();

        var kept = await StoredAsync(gateway, uid);
        Assert.InRange(kept.Count, 8, 13);
        foreach (var image in images[..3])
            Assert.Contains(Uid(image), kept);
        Assert.Empty(Directory.GetFiles(data.Spool));
        await AreWholeAsync(data);

        Assert.Equal(HttpStatusCode.OK, (await gateway.StowAsync(images[3..])).StatusCode);
        var study = await gateway.FinishedAsync(uid, "translated");
        Assert.Equal(images.Length, study.GetProperty("completion").GetProperty("instances").GetInt32());
        Assert.Equal(images.Select(Uid).Order(StringComparer.Ordinal), (await StoredAsync(gateway, uid)).Order(StringComparer.Ordinal));
        await AreWholeAsync(data);
    }

    /// <summary>At least five objects of the request are kept, and the next one stops halfway, when the process dies.</summary>
    private static async Task KillInRequestAsync(GatewayProcess gateway, string uid, string[] images)
    {
        var whole = images[..10].Select(path => (HttpContent)new ByteArrayContent(File.ReadAllBytes(path)));
        var half = new HalfContent(await File.ReadAllBytesAsync(images[10], Cancel));
        using var content = WebStore.Request(whole.Append(half));
        var request = gateway.Http.PostAsync("/dicomweb/studies", content, Cancel);
        await Eventually.TrueAsync(async () => (await StoredAsync(gateway, uid)).Count >= 8, "some of the request is stored");
        Assert.False(request.IsCompleted);
        await gateway.KillAsync();
        half.IsGone.SetResult();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => request);
    }

    private static string Uid(string path) => DicomFile.Open(path).Dataset.GetString(DicomTag.SOPInstanceUID);

    private static async Task<List<string>> StoredAsync(GatewayProcess gateway, string uid)
    {
        using var study = JsonDocument.Parse(await gateway.Http.GetStringAsync($"/api/studies/{uid}", Cancel));
        return [.. study.RootElement.GetProperty("series").EnumerateArray()
            .Where(series => series.GetProperty("origin").GetString() == "received")
            .SelectMany(series => series.GetProperty("instances").EnumerateArray())
            .Select(image => image.GetProperty("sopInstanceUid").GetString()!)];
    }

    /// <summary>An object's name is the digest of its bytes.</summary>
    private static async Task AreWholeAsync(DataDirectory data)
    {
        foreach (var path in Directory.EnumerateFiles(data.Objects, "*", SearchOption.AllDirectories))
            Assert.Equal(
                Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, Cancel))));
    }

    /// <summary>Half of the bytes, and the rest when the other side is gone.</summary>
    private sealed class HalfContent(byte[] bytes) : HttpContent
    {
        public TaskCompletionSource IsGone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), Cancel);
            await stream.FlushAsync(Cancel);
            await IsGone.Task;
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2), Cancel);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
