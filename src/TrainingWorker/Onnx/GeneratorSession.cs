using System.Globalization;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;
using Microsoft.ML.OnnxRuntime;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>A generator's file in ONNX Runtime, on one thread.</summary>
internal sealed class GeneratorSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    /// <exception cref="InvalidDataException">It is no model, or its metadata do not say what it translates.</exception>
    public GeneratorSession(byte[] file)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = Open(file, options);
        try
        {
            Direction = Direction.Parse(Text("direction"));
            Window = new(Number("hu_low"), Number("hu_high"));
            Wide = _session.ModelMetadata.CustomMetadataMap.ContainsKey("wide_low") ? new(Number("wide_low"), Number("wide_high")) : null;
        }
        catch (FormatException e)
        {
            throw new InvalidDataException("The model's metadata cannot be read: " + e.Message, e);
        }
    }

    public Direction Direction { get; }

    /// <summary>The HU that -1 and 1 of the CT side stand for.</summary>
    public GreyRange Window { get; }

    /// <summary>Those of a second output channel; null without one.</summary>
    public GreyRange? Wide { get; }

    /// <param name="source">[-1, 1]; both sides multiples of 32.</param>
    public MadePicture Make(Image source)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(source.Pixels, [1, 1, source.Height, source.Width]);
        using var results = _session.Run(_run, ["input"], [input], ["output"]);
        var (made, size) = (results[0].GetTensorDataAsSpan<float>().ToArray(), source.Pixels.Length);
        return new(
            new(source.Width, source.Height, made[..size]),
            Wide is { } wide ? new Image(source.Width, source.Height, made[size..]).Map(wide.FromUnit) : null);
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static InferenceSession Open(byte[] file, Microsoft.ML.OnnxRuntime.SessionOptions options)
    {
        try
        {
            return new(file, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException("ONNX Runtime cannot load the model: " + e.Message, e);
        }
    }

    private float Number(string key) => float.Parse(Text(key), CultureInfo.InvariantCulture);

    private string Text(string key) => _session.ModelMetadata.CustomMetadataMap.TryGetValue(key, out var value)
        ? value : throw new InvalidDataException($"The model's metadata lack {key}.");
}
