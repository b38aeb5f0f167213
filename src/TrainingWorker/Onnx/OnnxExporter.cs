using System.Globalization;
using System.Runtime.InteropServices;
using Gateway.Imaging.Slices;
using Gateway.TrainingWorker.Networks;
using Google.Protobuf;
using TorchSharp.Modules;
using static Gateway.TrainingWorker.Onnx.OnnxGraph;
using static TorchSharp.torch;
using BatchNorm = Gateway.TrainingWorker.Networks.BatchNorm;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>Writes a generator as an ONNX file. Batch norms are folded into the convolutions. It takes any
/// batch size, and heights and widths
/// that are multiples of 32.</summary>
public static class OnnxExporter
{
    /// <summary>Replaces the file at <paramref name="path"/> atomically.</summary>
    /// <param name="half">Stores weights as float16, about 27 MB instead of 55; the computation is still float32.</param>
    public static void Write(string path, UNetResNet18 network, OnnxModelInfo info, bool half)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(info);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        using var graph = new OnnxGraph(half);
        Walk(graph, network);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["direction"] = info.Direction,
            ["hu_low"] = info.HuLow.ToString(CultureInfo.InvariantCulture),
            ["hu_high"] = info.HuHigh.ToString(CultureInfo.InvariantCulture),
            ["registration"] = info.Deform ? "deformable" : "linear",
            ["model"] = info.Model,
            ["version"] = info.Version,
            ["trained_on"] = info.TrainedOn,
            ["weights_sha256"] = graph.WeightsSha256(),
            ["probe"] = Probe(network),
        };
        if (info.Wide is { } wide)
        {
            metadata["wide_low"] = wide.Low.ToString(CultureInfo.InvariantCulture);
            metadata["wide_high"] = wide.High.ToString(CultureInfo.InvariantCulture);
        }
        var model = graph.Model(nameof(UNetResNet18), "gateway", metadata, network.Inputs, network.Outputs);
        using (var file = File.Create(path + ".part"))
            model.WriteTo(file);
        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>What the first channel of the network makes of <see cref="ProbeSlice"/>, for those who load the file; rounded, so that
    /// equal weights make equal files.</summary>
    private static string Probe(UNetResNet18 network)
    {
        var training = network.training;
        network.eval();
        var input = tensor(ProbeSlice.Input(), [1, 1, Reference.Side, Reference.Side]).to(network.Head.weight!.device);
        var means = ProbeSlice.Blocks(Floats(network.call(input).narrow(1, 0, 1)).ToArray());
        network.train(training);
        return string.Join(',', means.Select(mean => Math.Round(mean, 3).ToString(CultureInfo.InvariantCulture)));
    }

    private static void Walk(OnnxGraph graph, UNetResNet18 network)
    {
        var encoder = network.Encoder;
        var x = Relu(graph, Fold(graph, "input", encoder.Conv1, encoder.Norm1, stride: 2, padding: 3));
        var skips = new Stack<string>([x]);
        x = graph.Node(
            "MaxPool", [x], Integer("ceil_mode", 0), Integers("kernel_shape", 3, 3), Integers("pads", 1, 1, 1, 1),
            Integers("strides", 2, 2));
        foreach (var stage in encoder.Stages)
        {
            x = Residual(graph, Residual(graph, x, stage[0]), stage[1]);
            skips.Push(x);
        }
        skips.Pop();
        foreach (var block in network.Decoder)
        {
            x = graph.Double(x);
            if (skips.TryPop(out var skip))
                x = graph.Node("Concat", [x, skip], Integer("axis", 1));
            x = Relu(graph, Fold(graph, x, block.Conv1, block.Norm1, stride: 1, padding: 1));
            x = Relu(graph, Fold(graph, x, block.Conv2, block.Norm2, stride: 1, padding: 1));
        }
        x = graph.Conv(x, Floats(network.Head.weight!), network.Head.weight!.shape, Floats(network.Head.bias!), stride: 1, padding: 1);
        graph.Node("Tanh", [x], "output");
    }

    private static string Residual(OnnxGraph graph, string input, ResidualBlock block)
    {
        var stride = block.Stride;
        var x = Relu(graph, Fold(graph, input, block.Conv1, block.Norm1, stride, padding: 1));
        x = Fold(graph, x, block.Conv2, block.Norm2, stride: 1, padding: 1);
        var shortcut = block.ShortcutConv is null ? input : Fold(graph, input, block.ShortcutConv, block.ShortcutNorm!, stride, padding: 0);
        return Relu(graph, graph.Node("Add", [x, shortcut]));
    }

    private static string Relu(OnnxGraph graph, string input) => graph.Node("Relu", [input]);

    // w' = w g / sqrt(var + eps), b' = beta - mean g / sqrt(var + eps)
    private static string Fold(OnnxGraph graph, string input, Conv2d conv, BatchNorm norm, int stride, int padding)
    {
        var gain = norm.Weight / norm.RunningVariance.Plus(norm.Epsilon).sqrt();
        var weights = conv.weight! * gain.reshape(-1, 1, 1, 1);
        var bias = norm.Bias - norm.RunningMean * gain;
        return graph.Conv(input, Floats(weights), weights.shape, Floats(bias), stride, padding);
    }

    private static ReadOnlySpan<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.cpu().contiguous().bytes);
}
