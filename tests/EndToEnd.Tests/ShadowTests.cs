using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TranslationWorker;
using Gateway.Workshop.Phantom;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.EndToEnd.Tests;

/// <summary>A shadow beside the champion in a real gateway, which is killed between the two; on both sets of servers.</summary>
public sealed class ShadowTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Servers.Both), MemberType = typeof(Servers))]
    public async Task A_shadow_translates_after_a_kill_once_and_not_one_byte_of_it_leaves_the_house(string servers)
    {
        var pacs = await OrthancServer.GetAsync();
        var settings = await Servers.SettingsAsync(servers);
        settings["Delivery__Destinations__0__Name"] = "pacs";
        settings["Delivery__Destinations__0__Host"] = pacs.Host;
        settings["Delivery__Destinations__0__Port"] = $"{pacs.DicomPort}";
        settings["Delivery__Destinations__0__CalledAe"] = pacs.AeTitle;
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), settings);
        var shadow = await BeginAsync(settings);
        var source = _folder.Combine("study");
        var uid = Scanner.Write(source, PhantomKind.HeadCt, seed: 700 + (ulong)servers.Length);

        (await gateway.StorescuAsync(source)).Succeeded();
        await gateway.FinishedAsync(uid, "translated", "delivered");
        await gateway.KillAsync();
        await gateway.StartAsync();
        await gateway.FinishedAsync(uid, "delivered");
        var report = await ComparedAsync(gateway, shadow);

        Assert.Equal(1, report.GetProperty("series").GetInt32());
        var address = Assert.Single(report.GetProperty("worst").EnumerateArray()).GetProperty("sheet").GetString()!;
        var (sheet, bytes) = (Path.GetFileName(address), await gateway.Http.GetByteArrayAsync(address, Cancel));
        Assert.Equal(sheet, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        await NowhereAsync(gateway, uid, shadow, sheet);
        Assert.DoesNotContain(sheet, Directory.EnumerateFiles(_folder.Combine("data", "out"), "*", SearchOption.AllDirectories)
            .Select(file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))));
        Assert.Single(await pacs.FindAsync("Instance", "StudyInstanceUID", uid));
    }

    /// <summary>Study, deliveries and FHIR name the champion's one series, and neither the shadow nor its picture.</summary>
    private static async Task NowhereAsync(GatewayProcess gateway, string uid, string shadow, string sheet)
    {
        var study = await gateway.Http.GetFromJsonAsync<JsonElement>($"/api/studies/{uid}", Cancel);
        Assert.Single(study.GetProperty("series").EnumerateArray(), s => s.GetProperty("origin").GetString() == "derived");
        foreach (var path in (string[])[
            "/api/studies", $"/api/studies/{uid}", $"/api/studies/{uid}/deliveries", "/fhir/ImagingStudy", "/fhir/Device",
            "/fhir/Provenance"])
        {
            var answer = await gateway.Http.GetStringAsync(path, Cancel);
            Assert.DoesNotContain(shadow, answer, StringComparison.Ordinal);
            Assert.DoesNotContain(sheet, answer, StringComparison.Ordinal);
        }
        foreach (var picture in study.GetProperty("series").EnumerateArray().SelectMany(s => s.GetProperty("pictures").EnumerateArray()))
            Assert.NotEqual(
                sheet, Convert.ToHexStringLower(SHA256.HashData(await gateway.Http.GetByteArrayAsync(picture.GetString(), Cancel))));
    }

    private static async Task<JsonElement> ComparedAsync(GatewayProcess gateway, string shadow)
    {
        JsonElement report = default;
        await Eventually.TrueAsync(
            async () =>
            {
                report = await gateway.Http.GetFromJsonAsync<JsonElement>($"/api/models/{shadow}/shadow", Cancel);
                return report.GetProperty("series").GetInt32() > 0;
            },
            "the shadow has translated",
            TimeSpan.FromMinutes(3));
        return report;
    }

    /// <summary>The champion with some weights of its middle set to zero.</summary>
    private async Task<string> BeginAsync(Dictionary<string, string> settings)
    {
        var model = await File.ReadAllBytesAsync(Path.Combine(new ModelOptions().Folder, "ct-t2.onnx"), Cancel);
        Array.Clear(model, model.Length / 2, 1 << 16);
        var data = new DataDirectory(_folder.Combine("data"));
        using var signal = new OutboxSignal();
        var options = new DatabaseOptions
        {
            Provider = settings.ContainsKey("Database__Provider") ? DatabaseProvider.Postgres : DatabaseProvider.Sqlite,
            ConnectionString = settings.GetValueOrDefault("Database__ConnectionString"),
        };
        var registry = new ModelActivation(
            new GatewayDbContextFactory(MsOptions.Create(options), data, signal, NullLoggerFactory.Instance), TimeProvider.System);
        var digest = await ((IObjectStore)new FolderObjectStore(data)).PutAsync(model, Cancel);
        var row = new Model
        {
            Digest = digest,
            Direction = "ct-t2",
            Name = "shadow",
            Version = "1",
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        Assert.Equal(ModelActResult.Done, await registry.ImportAsync(row, "me", "to look at", cancel: Cancel));
        Assert.Equal(ModelActResult.Done, await registry.BeginShadowAsync(digest, "me", "to look at", cancel: Cancel));
        return digest;
    }
}
