using System.Text.Json;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests;

/// <summary>The README's first command.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_demo_translates_a_T2_and_a_CT_phantom_and_tells_where_everything_is()
    {
        var run = await Tool.RunAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "demo", "--exit", "--json", "--data", _folder.Path],
            TimeSpan.FromMinutes(4));

        var studies = JsonDocument.Parse(run.Succeeded().Output.Trim().Split('\n')[^1]).RootElement.GetProperty("studies");
        Assert.Equal(["t2-ct", "ct-t2"], studies.EnumerateArray().Select(s => s.GetProperty("direction").GetString()));
        foreach (var study in studies.EnumerateArray())
        {
            Assert.True(File.Exists(study.GetProperty("sheet").GetString()));
            Assert.True(File.Exists(study.GetProperty("derived")[0].GetString()));
            Assert.InRange(study.GetProperty("nccAfter").GetDouble(), study.GetProperty("nccBefore").GetDouble(), 1);
        }
    }

    /// <summary>A few steps teach nothing; what is shown is that everything is there and honest about it.</summary>
    [Fact]
    public async Task The_demo_of_the_loop_fills_the_archive_retrains_judges_and_says_which_model_made_the_next_study()
    {
        var run = await Tool.RunAsync(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "demo", "--loop", "--exit", "--json", "--subjects", "2",
                "--steps", "3",
                "--data", _folder.Path,
            ],
            TimeSpan.FromMinutes(8));

        var report = JsonDocument.Parse(run.Succeeded().Output.Trim().Split('\n')[^1]).RootElement;
        Assert.All(report.GetProperty("samples").EnumerateObject(), modality => Assert.InRange(modality.Value.GetInt32(), 2, 12));
        Assert.Equal(("done", 3), (report.GetProperty("state").GetString(), report.GetProperty("steps").GetInt32()));
        var models = report.GetProperty("models").EnumerateArray().ToList();
        Assert.Equal(["ct-t2", "t2-ct"], models.Select(model => model.GetProperty("direction").GetString()));
        Assert.All(
            models, model => Assert.Equal(
                model.GetProperty("verdict").GetString() == "rejected", model.GetProperty("reasons").GetArrayLength() > 0));
        foreach (var study in report.GetProperty("after").EnumerateArray()
            .Where(study => study.TryGetProperty("model", out var made) && made.GetString() is not null))
        {
            var trained = models.Single(model => model.GetProperty("direction").GetString() == study.GetProperty("direction").GetString());
            Assert.Equal(
                trained.GetProperty("activated").GetBoolean(),
                study.GetProperty("model").GetString() == trained.GetProperty("name").GetString());
        }
    }
}
