using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Cli;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>SIGTERM in the middle of everything, as every rollout sends it.</summary>
public sealed class StopTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task A_stop_while_a_sender_sends_and_studies_are_translated_ends_in_time_and_keeps_all_that_got_Success(string servers)
    {
        var settings = await Servers.SettingsAsync(servers);
        settings["Translation__Slices"] = "All";
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), settings);
        string[] translated = [
            .. Enumerable.Range(3, 3).Select(seed => Scanner.Write(_folder.Combine($"t2-{seed}"), PhantomKind.T2, (ulong)seed))];
        Scanner.Write(_folder.Combine("ct"), PhantomKind.HeadCt, seed: 7);
        (await gateway.StorescuAsync([.. Enumerable.Range(3, 3).Select(seed => _folder.Combine($"t2-{seed}"))])).Succeeded();
        var sending = SendForEverAsync(gateway);
        await gateway.FinishedAsync(translated[0], "translating", "translated");
        var endless = await OtherStudyAsync(gateway, translated);

        var code = await gateway.StopAsync();
        var sent = await sending;
        await gateway.StartAsync();

        Assert.Equal(ExitCode.Done, code);
        Assert.NotEqual(0, sent.ExitCode);
        foreach (var uid in translated)
            Assert.Equal(1, (await gateway.FinishedAsync(uid, "translated")).GetProperty("revision").GetInt32());
        var study = await gateway.FinishedAsync(endless, "received", "queued", "translating", "translated", "held", "ineligible");
        var successes = sent.All.Split("Received Store Response (Success)").Length - 1;
        Assert.NotEqual(0, successes);
        // the last may not have been heard
        Assert.InRange(study.GetProperty("completion").GetProperty("instances").GetInt32(), successes, successes + 1);
    }

    /// <summary>One association, one image after the other, in a study that dcmtk invents.</summary>
    private Task<ToolResult> SendForEverAsync(GatewayProcess gateway) => Tool.RunAsync(
        "storescu",
        ["-v", "-aet", "SCANNER", "-aec", "GATEWAY", "+sd", "+II", "--repeat", "100000", "127.0.0.1", $"{gateway.DicomPort}",
            _folder.Combine("ct")],
        TimeSpan.FromMinutes(5), environment: new Dictionary<string, string> { ["TCP_NODELAY"] = "1" });

    /// <summary>UID of the study that is none of those, once its first image came.</summary>
    private static async Task<string> OtherStudyAsync(GatewayProcess gateway, string[] known)
    {
        var other = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var studies = (await gateway.Http.GetFromJsonAsync<JsonElement>("/api/studies", Cancel)).GetProperty("items")
                    .EnumerateArray();
                other = studies.Select(study => study.GetProperty("studyInstanceUid").GetString()!)
                    .FirstOrDefault(uid => !known.Contains(uid)) ?? "";
                return other.Length > 0;
            },
            "an image of the endless study came");
        return other;
    }
}
