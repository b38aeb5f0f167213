using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Persistence;
using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Onnx.Schema;

namespace Gateway.TrainingWorker.Weights;

/// <summary>A generator that was exported by <see cref="OnnxExporter"/>: its convolutions, with batch norms folded into them, and what it
/// says of itself.</summary>
internal sealed partial record FoldedGenerator
{
    /// <summary>Weight and bias of every convolution, in the order of the graph.</summary>
    public required IReadOnlyList<(Weight Weight, Weight Bias)> Convolutions { get; init; }

    public required OnnxModelInfo Info { get; init; }

    /// <summary>Channels of the first stage.</summary>
    public int Width => (int)Convolutions[0].Weight.Shape[0];

    /// <summary>Channels that it makes.</summary>
    public int Outputs => (int)Convolutions[^1].Weight.Shape[0];

    /// <summary>The generator of an object, or the one that the object is a copy in 8 bits of.</summary>
    /// <exception cref="InvalidDataException">The object is no such file.</exception>
    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    public static FoldedGenerator Read(IObjectStore objects, string digest)
    {
        var file = Load(digest);
        var original = ModelProto.Parser.ParseFrom(file).MetadataProps.FirstOrDefault(pair => pair.Key == Quantiser.From)?.Value;
        return Read(original is null ? file : Load(original));

        byte[] Load(string of)
        {
            using var loaded = new MemoryStream();
            using (var stored = objects.OpenRead(of))
                stored.CopyTo(loaded);
            return loaded.ToArray();
        }
    }

    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static FoldedGenerator Read(byte[] onnx)
    {
        var tensors = OnnxFile.Read(new MemoryStream(onnx), new WeightBudget(onnx.Length));
        var named = tensors.Select(tensor => (Name: ConvolutionName().Match(tensor.Key), tensor.Value))
            .Where(tensor => tensor.Name.Success).ToList();
        var (weights, biases) = (Of("weight"), Of("bias"));
        if (weights.Count == 0 || !weights.Keys.SequenceEqual(biases.Keys))
            throw new InvalidDataException("The model does not hold the convolutions of a generator that the gateway exported.");
        return new() { Convolutions = [.. weights.Keys.Select(number => (weights[number], biases[number]))], Info = Metadata(onnx) };

        SortedDictionary<int, Weight> Of(string kind) => new(named.Where(tensor => tensor.Name.Groups[2].Value == kind)
            .ToDictionary(tensor => int.Parse(tensor.Name.Groups[1].Value, CultureInfo.InvariantCulture), tensor => tensor.Value));
    }

    private static OnnxModelInfo Metadata(byte[] onnx)
    {
        var metadata = ModelProto.Parser.ParseFrom(onnx).MetadataProps.ToDictionary(pair => pair.Key, pair => pair.Value);
        try
        {
            return new()
            {
                Direction = metadata["direction"],
                HuLow = double.Parse(metadata["hu_low"], CultureInfo.InvariantCulture),
                HuHigh = double.Parse(metadata["hu_high"], CultureInfo.InvariantCulture),
                Wide = metadata.ContainsKey("wide_low") ? new(Number("wide_low"), Number("wide_high")) : null,
                Deform = metadata.GetValueOrDefault("registration") == "deformable",
                Model = metadata["model"],
                Version = metadata["version"],
                TrainedOn = metadata.GetValueOrDefault("trained_on", ""),
            };
        }
        catch (Exception error) when (error is KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException("The model lacks the gateway's metadata: " + error.Message, error);
        }

        float Number(string key) => float.Parse(metadata[key], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^conv(\d+)\.(weight|bias)(?:\.half)?$")]
    private static partial Regex ConvolutionName();
}
