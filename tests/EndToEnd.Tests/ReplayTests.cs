using System.Diagnostics;
using System.Text.Json;
using Gateway.DicomNetwork;
using Gateway.DicomNetwork.Tests;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>An archive that refuses, is mended, and gets what it missed by <c>gateway replay</c>.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private bool _refuses = true;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_refused_delivery_is_failed_until_the_verb_replays_it()
    {
        await using var archive = await TestServer.StartAsync(
            new RecordingService { Reply = _ => new(new StoreReply(_refuses ? (ushort)0xA900 : DimseStatus.Success)) });
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), new()
        {
            ["Delivery__Destinations__0__Name"] = "pacs",
            ["Delivery__Destinations__0__Host"] = "127.0.0.1",
            ["Delivery__Destinations__0__Port"] = $"{archive.Port}",
            ["Delivery__Destinations__0__CalledAe"] = "ARCHIVE",
        });
        var uid = Scanner.Write(_folder.Combine("study"), PhantomKind.T2, seed: 611);
        (await gateway.StorescuAsync(_folder.Combine("study"))).Succeeded();
        await gateway.FinishedAsync(uid, "failed");
        Assert.Equal(1, (await ReplayAsync("--destination", "elsewhere")).Code);
        Assert.Empty(archive.Service.Stored);

        _refuses = false;
        var (code, output) = await ReplayAsync("--study", uid, "--json");

        Assert.Equal(0, code);
        Assert.Equal(1, JsonSerializer.Deserialize<JsonElement>(output).GetProperty("replayed").GetInt32());
        await gateway.FinishedAsync(uid, "delivered");
        Assert.Single(archive.Service.Stored);
    }

    private async Task<(int Code, string Output)> ReplayAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "replay", "--data", _folder.Combine("data"), "--by", "Anna", "--why",
                "It takes them now.", .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
