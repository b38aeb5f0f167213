using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>The verbs, each run once and watched.</summary>
public sealed class EveryVerb : IAsyncLifetime
{
    private readonly int _dicomPort = FreePort.Next();
    private readonly int _webPort = FreePort.Next();

    internal WatchedGateway Gateway { get; } = new();

    /// <summary>Where this gateway and its peers are set to listen.</summary>
    internal int[] Ports => [_dicomPort, _webPort];

    public async ValueTask InitializeAsync()
    {
        var study = Scanner.Write(Path.Combine(Gateway.Work, "ct"), PhantomKind.HeadCt, seed: 5);
        (await Gateway.RunAsync(["doctor", "--data", "data", .. Settings])).Succeeded();
        (await Gateway.RunAsync("translate", "ct", "--out", "translated")).Succeeded();
        await Gateway.RunAsync(() => TranslateAsync(study), ["--data", "data", .. Settings]);
        (await Gateway.RunAsync(["demo", "--exit", "--study", "ct", "--data", "demo", .. Settings])).Succeeded();
        (await Gateway.RunAsync("import", "--phantoms", "2", "--out", "set")).Succeeded();
        (await Gateway.RunAsync(["train", "--paired", "set", "--out", "training", .. Tiny])).Succeeded();
        (await Gateway.RunAsync(
            "export", "--checkpoint", "training/checkpoint.safetensors", "--out", "models", "--model", "tiny", "--model-version", "1",
            "--trained-on", "phantoms")).Succeeded();
        (await Gateway.RunAsync("evaluate", "--paired", "set", "--out", "evaluation")).Succeeded();
        await File.WriteAllTextAsync(Path.Combine(Gateway.Work, "recipes.json"), "[]");    // with subjects it would take minutes
        (await Gateway.RunAsync("references", "build", ".", "--recipes", "recipes.json", "--out", "references")).Succeeded();
        Assert.Equal(
            Cli.ExitCode.Failed,
            (await Gateway.RunAsync("replay", "--why", "Nothing has failed.", "--stage", "TranslateSeries", "--data", "data")).ExitCode);
        (await Gateway.RunAsync("models", "list", "--data", "data", "--json")).Succeeded();
        (await Gateway.RunAsync("train", "--status", "--data", "data", "--json")).Succeeded();
        (await Gateway.RunAsync("archive", "list", "--data", "data", "--json")).Succeeded();
        (await Gateway.RunAsync("archive", "import", "ct", "--data", "data", "--json")).Succeeded();
        (await Gateway.RunAsync("archive", "manifest", "--data", "data", "--json")).Succeeded();
        (await Gateway.RunAsync("archive", "erase", "--patient-id", "PHANTOM-5", "--data", "data")).Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        Gateway.Dispose();
        return ValueTask.CompletedTask;
    }

    private string[] Settings =>
        ["--urls", $"http://127.0.0.1:{_webPort}", "--set", $"Dicom:Port={_dicomPort}", "--set", "Dicom:Completion:ReleasedQuiet=00:00:01"];

    private static string[] Tiny =>
    [
        .. ((string[])[
            "GeneratorWidth=4", "DiscriminatorWidth=4", "StepsSmall=1", "StepsFull=1", "StepsAdversarial=0", "SmallSize=64", "CropSize=64",
            "BatchSmall=1", "BatchFull=1", "CalibrationBatches=1"]).SelectMany(option => new[] { "--set", option }),
    ];

    private async Task TranslateAsync(string study)
    {
        (await Gateway.RunAsync("echo", "--port", $"{_dicomPort}")).Succeeded();
        (await Gateway.RunAsync("send", "ct", "--port", $"{_dicomPort}")).Succeeded();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_webPort}") };
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await http.GetAsync($"/api/studies/{study}");
                return answer.StatusCode == HttpStatusCode.OK
                    && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString() == "translated";
            },
            "the study is translated",
            TimeSpan.FromMinutes(2));
    }
}
