using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A model that is missing or damaged is no fault of the series, and is read again once it is mended.</summary>
public sealed class MendedModelTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_that_is_put_in_place_later_is_loaded_without_a_restart()
    {
        using var models = new ModelCatalog(
            Options.Create(new ModelOptions { Directory = _folder.Path, Device = "cpu" }), NullLogger<ModelCatalog>.Instance);
        var t2ToCt = Direction.Parse("t2-ct");
        var path = _folder.Combine("t2-ct.onnx");

        var missing = Assert.Throws<ModelException>(() => models[t2ToCt]);
        File.WriteAllText(path, "half a file");
        var damaged = Assert.Throws<ModelException>(() => models[t2ToCt]);
        File.Copy(Path.Combine(Repository.Root, "models", "t2-ct.onnx"), path, overwrite: true);

        Assert.Equal(t2ToCt, models[t2ToCt].Facts.Direction);
        Assert.Equal(["model", "model"], new[] { missing, damaged }.Select(WorldFaults.DependencyOf));
    }

    [Fact]
    public void A_reference_brain_that_is_put_in_place_later_is_loaded_without_a_restart()
    {
        var references = new ReferenceCatalog(Options.Create(new ModelOptions { Directory = _folder.Path }));
        var profile = ShippedModalities.Table.Profiles[0];

        Assert.Equal("model", WorldFaults.DependencyOf(Assert.Throws<ModelException>(() => references[profile])));
        var (from, to) = (Path.Combine(Repository.Root, "models", "references", profile.Modality.Code), _folder.Combine(
            "references", profile.Modality.Code));
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));

        Assert.NotNull(references[profile]);
    }
}
