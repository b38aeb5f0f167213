using Gateway.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.TranslationWorker.Tests.Models;

/// <summary>A worker is ready when it has what every eligible series needs, not when the first one of its kind has failed.</summary>
public sealed class ModelHealthTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("references/ct"), InlineData("references/t2/limits.json"), InlineData("ct-t2.onnx")]
    public async Task What_is_missing_is_named_until_it_is_there(string missing)
    {
        var shipped = Path.Combine(Repository.Root, "models");
        foreach (var file in Directory.GetFiles(shipped, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(shipped, file)))
            if (!file.StartsWith(missing, StringComparison.Ordinal))
                Link(shipped, file);
        var options = MsOptions.Create(new ModelOptions { Directory = _folder.Path, Device = "cpu" });
        using var models = new ModelCatalog(options, NullLogger<ModelCatalog>.Instance);
        var health = new ModelHealth(models, new(options), ShippedModalities.Table);

        var found = await health.CheckHealthAsync(new(), TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, found.Status);
        Assert.Contains(
            Path.Combine(_folder.Path, missing.Replace("/limits.json", "", StringComparison.Ordinal)), found.Description,
            StringComparison.Ordinal);
        if (!missing.StartsWith("references", StringComparison.Ordinal))
            return;
        foreach (var file in Directory.GetFiles(Path.Combine(shipped, "references"), "*", SearchOption.AllDirectories))
            Link(shipped, Path.GetRelativePath(shipped, file));
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new(), TestContext.Current.CancellationToken)).Status);
    }

    private void Link(string shipped, string file)
    {
        var link = _folder.Combine(file);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        if (!File.Exists(link))
            File.CreateSymbolicLink(link, Path.Combine(shipped, file));
    }
}
