using System.Text.Json;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

public sealed class EvaluateVerbTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sites_registered_people_judge_two_pairs_of_models_side_by_side()
    {
        foreach (var seed in (ulong[])[5, 6])
            foreach (var (kind, name) in ((PhantomKind, string)[])[(PhantomKind.T2, "t2"), (PhantomKind.HeadCt, "ct")])
                PhantomSeries.Write(
                    _folder.Combine("people", $"mueller {seed}", name), new() { Kind = kind, Seed = seed, Size = 96, Spacing = 2.4 });

        var run = await Tool.RunAsync(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "evaluate", "--pairs", _folder.Combine("people"),
                "--models", Models("copies", "Identity"), "--against", Models("turns", "Neg"), "--out", _folder.Combine("out"),
            ],
            timeout: TimeSpan.FromMinutes(10));

        var text = run.Succeeded().Output;
        Assert.Contains("people: 2 slices of 2 subjects", text, StringComparison.Ordinal);
        Assert.Contains("SYNTHETIC", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder.Combine("out", "evaluation.json")));
        var directions = json.RootElement.GetProperty("sets")[0].GetProperty("directions").EnumerateArray().ToList();
        Assert.Equal(["t2-ct", "ct-t2"], directions.Select(direction => direction.GetProperty("direction").GetString()));
        Assert.All(directions, direction =>
        {
            var errors = direction.GetProperty("paired").EnumerateArray().Where(row => row.GetProperty("level").GetString() == "chosen")
                .ToDictionary(
                    row => row.GetProperty("method").GetString()!,
                    row => row.GetProperty("means").GetProperty("mae").GetDouble());
            Assert.Equal(errors["copy of the input"], errors["copies"], 1e-9);
            Assert.NotEqual(errors["copies"], errors["turns"], 1e-3);
        });
        foreach (var sheet in (string[])["people-t2-ct.png", "people-ct-t2.png"])
            Assert.True(File.Exists(_folder.Combine("out", sheet)), sheet);
        Assert.DoesNotContain("mueller", text + run.Error + json.RootElement, StringComparison.Ordinal);
    }

    [Fact]
    public void It_wants_something_to_judge_by() => Assert.Equal(
        Cli.ExitCode.Usage, Tool.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "evaluate"]).ExitCode);

    private string Models(string version, string operation)
    {
        var folder = Directory.CreateDirectory(_folder.Combine(version)).FullName;
        foreach (var direction in (string[])["t2-ct", "ct-t2"])
            File.WriteAllBytes(Path.Combine(folder, direction + ".onnx"), TinyModel.Bytes(direction, version, operation));
        return folder;
    }
}
