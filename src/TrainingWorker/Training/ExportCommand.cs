using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Weights;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Makes the model files from the averaged generators of checkpoints.</summary>
public static class ExportCommand
{
    /// <summary>Exports, compares ONNX Runtime with TorchSharp, and only then puts the files in place.</summary>
    /// <exception cref="InvalidDataException">A checkpoint lacks a tensor, two hold the same direction, or the export differs by more than
    /// <see cref="OnnxParity.Limit"/>.</exception>
    public static IReadOnlyList<ExportReport> Run(ExportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Directory.CreateDirectory(request.Out);
        var found = request.Checkpoints.Select(path => (Path: path, Options: Checkpoint.Options(path)))
            .SelectMany(file => file.Options.Trained.Select(direction => (file.Path, file.Options, Direction: direction))).ToList();
        if (found.GroupBy(one => one.Direction.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidDataException($"More than one checkpoint trained {twice.Key}.");
        return
        [
            .. found.OrderBy(one => one.Options.NumberOf(one.Direction))
                .Select(one => Export(request, one.Path, one.Options, one.Direction)),
        ];
    }

    private static ExportReport Export(ExportRequest request, string checkpoint, TrainingOptions options, Direction direction)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var file = SafetensorsFile.Open(checkpoint);
        using var network = new UNetResNet18(options.GeneratorWidth, outputs: options.OutputsOf(direction));
        network.eval();
        foreach (var (name, value) in network.state_dict())
            file.CopyTo($"average.{options.NumberOf(direction)}.{name}", value);
        var info = new OnnxModelInfo
        {
            Direction = direction.Name,
            HuLow = request.HuLow,
            HuHigh = request.HuHigh,
            Wide = network.Outputs > 1 ? GreyRange.Wide : null,
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
