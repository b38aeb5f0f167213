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
}
