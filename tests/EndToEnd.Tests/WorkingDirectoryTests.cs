using System.Text.Json;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests;

/// <summary>Relative paths are the caller's.</summary>
public sealed class WorkingDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Dotnet_run_keeps_its_data_in_the_folder_it_was_called_from()
    {
        var run = await Tool.RunAsync(
            "dotnet",
            ["run", "-c", "Release", "--no-build", "--project", Path.Combine(Repository.Root, "src", "Gateway"), "--", "doctor", "--json"],
            TimeSpan.FromMinutes(2), _folder.Path);

        var checks = JsonDocument.Parse(run.Output.Trim().Split('\n')[^1]).RootElement.GetProperty("checks").EnumerateArray();
        var disk = checks.Single(check => check.GetProperty("name").GetString() == "disk").GetProperty("text").GetString();
        Assert.StartsWith(Path.Combine(_folder.Path, "gateway-data") + " is writable", disk, StringComparison.Ordinal);
    }
}
