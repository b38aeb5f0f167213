using Gateway.Imaging.Grids;
using Gateway.Persistence;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Onnx.Schema;
using Gateway.TrainingWorker.Weights;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

public sealed class QuantisedGeneratorTests : IDisposable
{
    private static readonly OnnxModelInfo Info = new()
    {
        Direction = "t2-ct",
        HuLow = -20,
        HuHigh = 100,
        Model = "tiny",
        Version = "1.0.0",
        TrainedOn = "nothing",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-int8-").FullName;
    private readonly Image[] _slices = [.. Enumerable.Range(1, 4).Select(Blobs)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_copy_makes_nearly_the_same_pictures(bool half)
    {
        var model = Export(half);
        using var full = new GeneratorSession(model);
        using var coarse = new GeneratorSession(Copy(model));
        var (made, again) = (full.Make(Blobs(9)).Picture.Pixels, coarse.Make(Blobs(9)).Picture.Pixels);
        Assert.InRange(made.Zip(again, (a, b) => Math.Abs(a - b)).Average(), 1e-6, 0.08);
        Assert.InRange(made.Max() - made.Min(), 0.3, 2);
    }

    [Fact]
    public void Every_convolution_but_the_first_and_the_last_three_computes_with_weights_of_8_bits()
    {
        var model = Export(half: true);
        var file = ModelProto.Parser.ParseFrom(Copy(model));
        var codes = file.Graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Int8).ToList();
        Assert.Equal(27, codes.Count);
        Assert.All(codes, tensor => Assert.Equal(tensor.Dims.Aggregate(1L, (product, size) => product * size), tensor.RawData.Length));
        Assert.True(file.CalculateSize() < model.Length);
    }

    [Fact]
    public void It_tells_what_it_was_made_from()
    {
        var metadata = ModelProto.Parser.ParseFrom(Copy(Export(half: true))).MetadataProps
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal(("t2-ct", "tiny", "1.0.0-int8", "digest"),
            (metadata["direction"], metadata["model"], metadata["version"], metadata["quantised_from"]));
    }

    [Fact]
    public async Task Learning_goes_on_from_the_generator_that_a_copy_names()
    {
        IObjectStore objects = new FolderObjectStore(new DataDirectory(Path.Combine(_folder, "data")));
        var (model, cancel) = (Export(half: true), TestContext.Current.CancellationToken);
        var original = await objects.PutAsync(model, cancel);
        var copy = await objects.PutAsync(Copy(model, original), cancel);
        Assert.NotEqual(original, copy);
        Assert.Equal("1.0.0", FoldedGenerator.Read(objects, copy).Info.Version);
    }

    [Fact]
    public void A_model_in_8_bits_is_not_quantised_again() =>
        Assert.Contains("QuantizeLinear", Assert.Throws<InvalidDataException>(() => new GeneratorGraph(Copy(Export(half: true)))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_model_of_another_window_than_the_phantoms_is_refused()
    {
        var path = Path.Combine(_folder, "paper.onnx");
        using (var network = Network())
            OnnxExporter.Write(path, network, Info with { HuLow = 0, HuHigh = 255 }, half: true);
        Assert.Throws<InvalidDataException>(() => Judge(path));
    }

    [Fact]
    public void Codes_that_are_too_coarse_for_a_network_miss_the_gate_and_write_nothing()
    {
        var path = Path.Combine(_folder, "t2-ct.onnx");
        // What the codes leave out is what these pictures are made of.
        File.WriteAllBytes(path, Export(half: false, gain: 2000));
        Assert.Contains(Judge(path), gate => !gate.Holds);
        Assert.False(File.Exists(path + ".int8"));
    }

    [Fact]
    public void A_copy_that_keeps_to_its_gate_is_written()
    {
        var path = Path.Combine(_folder, "t2-ct.onnx");
        File.WriteAllBytes(path, Export(half: true, gain: 0.02f));
        Assert.All(Judge(path), gate => Assert.True(gate.Holds, gate.ToString()));
        using var copy = new GeneratorSession(File.ReadAllBytes(path + ".int8"));
        Assert.Equal("t2-ct", copy.Direction.Name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IReadOnlyList<QuantisedGate> Judge(string path) =>
        QuantiseCommand.Run(new() { Model = path, Out = path + ".int8", Phantoms = 2 }, TestContext.Current.CancellationToken);

    private byte[] Copy(byte[] model, string digest = "digest")
    {
        var graph = new GeneratorGraph(model);
        return Quantiser.Quantise(graph, GridCalibration.Of(graph, _slices), digest);
    }

    private byte[] Export(bool half, float gain = 1)
    {
        var path = Path.Combine(_folder, "model.onnx");
        using var quiet = no_grad();
        using var network = Network();
        network.Head.weight!.mul_(tensor(gain));
        OnnxExporter.Write(path, network, Info, half);
        return File.ReadAllBytes(path);
    }

    // Smooth, as slices are.
    private static Image Blobs(int seed)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(seed);
        var picture = nn.functional.interpolate(
            randn(1, 1, 8, 8), size: [64, 64], mode: InterpolationMode.Bilinear, align_corners: false).tanh();
        return new(64, 64, picture.contiguous().data<float>().ToArray());
    }

    private static UNetResNet18 Network()
    {
        random.manual_seed(7);
        var network = new UNetResNet18(width: 8);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        for (var i = 0; i < 20; i++)
            network.call(cat([.. Enumerable.Range(0, 4).Select(k => tensor(Blobs(4 * i + k).Pixels, [1, 1, 64, 64]))], 0));
        network.eval();
        return network;
    }
}
