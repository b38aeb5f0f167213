using Gateway.Testing;

namespace Gateway.TranslationWorker.Tests.Models;

/// <summary>Which device a model runs on. What a build for CUDA does is checked by eng/check-cuda.</summary>
public sealed class OnnxModelTests
{
    private static string Shipped { get; } = Path.Combine(Repository.Root, "models", "t2-ct.onnx");

    [Fact]
    public void A_build_without_cuda_runs_on_the_cpu_and_has_nothing_to_excuse()
    {
        using var model = OnnxModel.Load(Shipped, new ModelOptions());

        Assert.Equal(("cpu", null), (model.Device, model.WithoutCuda));
    }

    [Fact]
    public void Cuda_asked_of_a_build_without_it_is_refused_with_the_switch_that_brings_it()
    {
        var refusal = Assert.Throws<ModelException>(() => OnnxModel.Load(Shipped, new ModelOptions { Device = "cuda" }));

        Assert.Contains("-p:Accelerator=cuda", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused_by_name()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("t2-ct.onnx");
        File.WriteAllText(path, "no model");

        Assert.Contains(
            path, Assert.Throws<ModelException>(() => OnnxModel.Load(path, new ModelOptions())).Message, StringComparison.Ordinal);
    }
}
