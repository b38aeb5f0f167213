using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Cli;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests.Models;

/// <summary>A person works on the registry by the verbs, and the running gateway follows.</summary>
public sealed class ModelVerbTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private Dictionary<string, string> _settings = [];

    public static TheoryData<string> Both => Servers.Both;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Both))]
    public async Task A_model_is_imported_activated_makes_a_study_anew_and_is_rolled_back(string servers)
    {
        _settings = await Servers.SettingsAsync(servers);
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), _settings);
        var uid = Scanner.Write(_folder.Combine("study"), PhantomKind.T2, seed: 612);
        (await gateway.StorescuAsync(_folder.Combine("study"))).Succeeded();
        await gateway.FinishedAsync(uid, "translated");
        var shipped = (await ModelsAsync()).Single(m => m.State == "champion" && m.Direction == "t2-ct").Digest;
        await File.WriteAllBytesAsync(_folder.Combine("tiny.onnx"), TinyModel.Bytes("t2-ct"), TestContext.Current.CancellationToken);

        var tiny = (await RunAsync("models", "import", _folder.Combine("tiny.onnx"), "--why", "A test.")).GetProperty("digest")
            .GetString()!;
        Assert.Equal("done", Result(await RunAsync("models", "activate", tiny[..12], "--by", "Anna", "--why", "A test.")));
        await ReadyAsync(gateway, tiny);
        var anew = await RunAsync("replay", "--made-by", shipped, "--by", "Anna", "--why", "A test.");
        await Eventually.TrueAsync(
            async () => (await MadeAsync(gateway, tiny)).Count == 1, "the study is made anew", TimeSpan.FromMinutes(1));

        Assert.Equal((1, tiny), (anew.GetProperty("replayed").GetInt32(), anew.GetProperty("champion").GetString()));
        Assert.Equal(["superseded"], await MadeAsync(gateway, shipped));
        await gateway.FinishedAsync(uid, "translated");
        Assert.Equal("done", Result(await RunAsync("models", "rollback", "t2-ct", "--why", "A test.")));
        await ReadyAsync(gateway, shipped);
        Assert.Equal("none-before", Result(await RunAsync(ExitCode.Failed, "models", "rollback", "t2-ct", "--why", "A test.")));
        Assert.Equal("is-champion", Result(await RunAsync(ExitCode.Failed, "models", "reject", shipped, "--why", "A test.")));
        await ShownAndExportedAsync(tiny);
    }

    private async Task ShownAndExportedAsync(string tiny)
    {
        Assert.Equal("done", Result(await RunAsync("models", "shadow", tiny, "--why", "A test.")));
        Assert.Equal("done", Result(await RunAsync("models", "shadow", tiny, "--end", "--why", "A test.")));
        Assert.Equal("done", Result(await RunAsync("models", "reject", tiny, "--why", "A test.")));
        var shown = await RunAsync("models", "show", tiny);
        Assert.Equal(
            ["imported", "activated", "retired", "shadow-begun", "shadow-ended", "rejected"],
            shown.GetProperty("acts").EnumerateArray().Select(act => act.GetProperty("kind").GetString()));
        await RunAsync("models", "export", tiny, "--out", _folder.Combine("out.onnx"));
        Assert.Equal(
            TinyModel.Bytes("t2-ct"), await File.ReadAllBytesAsync(_folder.Combine("out.onnx"), TestContext.Current.CancellationToken));
        Assert.Contains(
            $"| digest | `{tiny}` |", await File.ReadAllTextAsync(_folder.Combine("out.card.md"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private async Task<List<(string Digest, string Direction, string State)>> ModelsAsync() =>
        [.. (await RunAsync("models", "list")).GetProperty("items").EnumerateArray().Select(m =>
            (m.GetProperty("digest").GetString()!, m.GetProperty("direction").GetString()!, m.GetProperty("state").GetString()!))];

    private static Task ReadyAsync(GatewayProcess gateway, string digest) => Eventually.TrueAsync(
        async () => (await gateway.Http.GetStringAsync("/health/ready")).Contains(digest[..12], StringComparison.Ordinal),
        $"{digest[..12]} translates");

    /// <summary>The states of what a model made.</summary>
    private static async Task<List<string>> MadeAsync(GatewayProcess gateway, string digest)
    {
        using var answer = await gateway.Http.GetAsync($"/api/models/{digest}/series");
        return answer.IsSuccessStatusCode
            ? [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").EnumerateArray()
                .Select(s => s.GetProperty("state").GetString()!)]
            : [];
    }

    private static string? Result(JsonElement answer) => answer.GetProperty("result").GetString();

    private Task<JsonElement> RunAsync(params string[] arguments) => RunAsync(ExitCode.Done, arguments);

    private async Task<JsonElement> RunAsync(int code, params string[] arguments)
    {
        var run = await Tool.RunAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), .. arguments, "--data", _folder.Combine("data"), "--json"],
            environment: _settings);
        Assert.True(run.ExitCode == code, run.Output + run.Error);
        return JsonSerializer.Deserialize<JsonElement>(run.Output.Trim().Split('\n')[^1]);
    }
}
