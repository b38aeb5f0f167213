using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Weights;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Makes both model files from the averaged generators of a checkpoint.</summary>
public static class ExportCommand
{
    /// <summary>Exports, compares ONNX Runtime with TorchSharp, and only then puts the files in place.</summary>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or the export differs by more than
    /// <see cref="OnnxParity.Limit"/>.</exception>
    public static IReadOnlyList<ExportReport> Run(ExportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Directory.CreateDirectory(request.Out);
        using var file = SafetensorsFile.Open(request.Checkpoint);
        var options = Checkpoint.Options(request.Checkpoint);
        var there = Direction.Parse(options.Direction);
        Direction[] directions = [there, there.Reverse];
        return [.. directions.Select((direction, i) => Export(request, file, options.GeneratorWidth, direction, i))];
    }

    private static ExportReport Export(ExportRequest request, SafetensorsFile file, int width, Direction direction, int number)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var network = new UNetResNet18(width);
        network.eval();
        foreach (var (name, value) in network.state_dict())
            file.CopyTo($"average.{number}.{name}", value);
        var info = new OnnxModelInfo
        {
            Direction = direction.Name,
            HuLow = request.HuLow,
            HuHigh = request.HuHigh,
            Deform = request.Deform,
            Model = request.Model,
            Version = request.Version,
            TrainedOn = request.TrainedOn,
        };
        var path = Path.Combine(request.Out, direction.Name + ".onnx");
        var (float32, half) = (path + ".f32", path + ".f16");
        OnnxExporter.Write(float32, network, info, half: false);
        OnnxExporter.Write(half, network, info, half: true);
        var probe = Probe();
        var parity = OnnxParity.ToNetwork(network, float32, probe);
        if (request.Strict && !(parity <= OnnxParity.Limit))
            throw new InvalidDataException($"{path}: the export differs from the network by {parity}.");
        var (greatest, mean) = OnnxParity.Between(float32, half, probe);
        File.Move(request.Half ? half : float32, path, overwrite: true);
        File.Delete(request.Half ? float32 : half);
        return new(path, parity, request.Half ? greatest : 0, request.Half ? mean : 0);
    }

    // Two pictures of smooth blobs and noise over the whole range, of another size than in training, so that all of the graph is exercised.
    private static Tensor Probe()
    {
        using var chance = new StepRandom(1, 0, 9);
        return nn.functional.interpolate(
            chance.Normal(2, 1, 12, 10), size: [288, 256], mode: InterpolationMode.Bilinear, align_corners: false).Times(0.8)
            .Plus(chance.Normal(2, 1, 288, 256).Times(0.05)).Within(-1, 1);
    }
}
