using Gateway.Testing;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests.Weights;

/// <summary>Networks that take published weights by name.</summary>
public sealed class PublishedNetworkTests
{
    [Fact]
    public void Squeezenet_reproduces_its_three_reference_outputs()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var network = new SqueezeNet();
        var folder = RealData.Path("weights/squeezenet1.1_nchw");
        var loading = WeightLoading.Into(network, SqueezeNet.Renamed(WeightFile.Read(Path.Combine(folder, "squeezenet1.1_nchw.npz")).Tensors));
        Assert.Equal((52, 0, 0), (loading.Loaded.Count, loading.Missing.Count, loading.Unused.Count));
        Assert.Equal(1_235_496, network.parameters().Sum(p => p.numel()));
        for (var i = 0; i < 3; i++)
        {
            var (input, expected) = (Array(folder, i, "input"), Array(folder, i, "output"));
            var output = network.call(tensor(input, [1, 3, 224, 224])).data<float>().ToArray();
            Assert.InRange(output.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 2e-4);
        }
    }

    private static float[] Array(string folder, int set, string name)
    {
        using var copy = new TemporaryDirectory();
        var npz = copy.Combine("a.npz");
        using (var zip = System.IO.Compression.ZipFile.Open(npz, System.IO.Compression.ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry("a.npy").Open())
            entry.Write(File.ReadAllBytes(Path.Combine(folder, "test_data_set", $"{set}", $"{name}_0.npy")));
        return WeightFile.Read(npz).Tensors["a"].Values;
    }
}
