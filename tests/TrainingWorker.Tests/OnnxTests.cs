using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Onnx.Schema;
using Gateway.TrainingWorker.Training;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

public sealed class OnnxTests : IDisposable
{
    private static readonly OnnxModelInfo Info = new()
    {
        Direction = "t2-ct",
        HuLow = -20,
        HuHigh = 100.5,
        Model = "tiny",
        Version = "0.1",
        TrainedOn = "nothing",
        Deform = true,
    };
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-onnx-").FullName;
    private readonly UNetResNet18 _network = Network();

    [Theory]
    [InlineData(1, 64, 64)]
    [InlineData(3, 96, 32)]
    public void The_file_computes_what_the_network_does_for_any_batch_and_size(int batch, int height, int width)
    {
        using var scope = NewDisposeScope();
        var path = Export("model.onnx", half: false);
        Assert.InRange(OnnxParity.ToNetwork(_network, path, randn(batch, 1, height, width)), 0, OnnxParity.Limit);
    }

    [Fact]
    public void Another_networks_file_is_told_apart()
    {
        using var scope = NewDisposeScope();
        using var other = Network(seed: 8);
        Assert.True(OnnxParity.ToNetwork(other, Export("model.onnx", half: false), randn(1, 1, 64, 64)) > 0.01);
    }

    [Fact]
    public void Half_precision_weights_halve_the_file_and_hardly_change_the_image()
    {
        using var scope = NewDisposeScope();
        var (full, half) = (Export("full.onnx", half: false), Export("half.onnx", half: true));
        var (greatest, mean) = OnnxParity.Between(full, half, randn(1, 1, 64, 64));
        Assert.InRange(greatest, 1e-9, 0.01);
        Assert.InRange(mean, 0, 0.001);
        Assert.InRange((double)new FileInfo(half).Length / new FileInfo(full).Length, 0.45, 0.6);
    }

    [Fact]
    public void Onnx_runtime_reads_the_metadata_and_equal_weights_have_equal_digests()
    {
        using var session = new InferenceSession(Export("full.onnx", half: false));
        using var half = new InferenceSession(Export("half.onnx", half: true));
        var metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal(("t2-ct", "-20", "100.5", "deformable", "tiny", "0.1", "nothing"),
            (metadata["direction"], metadata["hu_low"], metadata["hu_high"], metadata["registration"], metadata["model"],
                metadata["version"], metadata["trained_on"]));
        Assert.Matches("^[0-9a-f]{64}$", metadata["weights_sha256"]);
        Assert.Equal(metadata["weights_sha256"], half.ModelMetadata.CustomMetadataMap["weights_sha256"]);
        Assert.Equal([-1, 1, -1, -1], session.InputMetadata["input"].Dimensions);
        Assert.Equal(["N", "", "H", "W"], session.OutputMetadata["output"].SymbolicDimensions);
    }

    [Fact]
    public void The_graph_has_every_convolution_and_no_batch_norm()
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Export("model.onnx", half: false)));
        Assert.Equal((8L, 17L), (model.IrVersion, Assert.Single(model.OpsetImport).Version));
        var operators = model.Graph.Node.CountBy(node => node.OpType).ToDictionary();
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["Conv"] = 31, ["Relu"] = 27, ["MaxPool"] = 1, ["Add"] = 8, ["Resize"] = 5, ["Concat"] = 4,
                ["Tanh"] = 1
            }, operators);
        Assert.Equal(31 * 2 + 1, model.Graph.Initializer.Count);
        // Every raw_data holds as many floats as its dims say.
        Assert.All(
            model.Graph.Initializer, tensor => Assert.Equal(
                tensor.Dims.Aggregate(4L, (product, size) => product * size), tensor.RawData.Length));
    }

    [Fact]
    public void Both_directions_are_exported_from_the_averages_of_a_checkpoint()
    {
        var checkpoint = Path.Combine(_folder, Checkpoint.FileName);
        using var state = new TrainingState(TinyHeads.Options);
        Checkpoint.Save(checkpoint, state);
        var reports = ExportCommand.Run(new ExportRequest
        {
            Checkpoints = [checkpoint], Out = _folder, HuLow = -20, HuHigh = 100, Model = "tiny", Version = "1", TrainedOn = "nothing",
        });
        Assert.Equal(["ct-t2.onnx", "t2-ct.onnx"], Directory.GetFiles(_folder, "*.onnx*").Select(Path.GetFileName).Order());
        Assert.All(reports, report => Assert.True(report.NetworkToFloat32 <= OnnxParity.Limit && report.Float32ToHalf < 0.01));
        using var scope = NewDisposeScope();
        Assert.InRange(OnnxParity.ToNetwork(state.Ways[1].Average, reports[1].Path, randn(1, 1, 64, 64)), 0, 0.01);
    }

    public void Dispose()
    {
        _network.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Export(string name, bool half)
    {
        var path = Path.Combine(_folder, name);
        OnnxExporter.Write(path, _network, Info, half);
        return path;
    }

    // A few training passes, so that no folded batch norm is trivial.
    private static UNetResNet18 Network(int seed = 7)
    {
        random.manual_seed(seed);
        var network = new UNetResNet18(width: 8);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var norm in network.BatchNorms())
        {
            norm.Weight.uniform_(0.5, 1.5);
            norm.Bias.uniform_(-0.2, 0.2);
        }
        for (var i = 0; i < 3; i++)
            network.call(randn(4, 1, 64, 64));
        network.eval();
        return network;
    }
}
