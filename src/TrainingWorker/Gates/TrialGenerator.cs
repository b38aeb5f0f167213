using System.Globalization;
using System.Security.Cryptography;
using Gateway.Contracts.Reasons;
using Gateway.Contracts.Trials;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Gateway.TrainingWorker.Gates;

/// <summary>A model file in ONNX Runtime, on one thread a call, so that it neither spins beside torch nor sums in another order. Safe to
/// call from several threads.</summary>
internal sealed class TrialGenerator : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly Lock _gate = new();

    private TrialGenerator(InferenceSession session, TrialModel name, GreyRange window) =>
        (_session, Name, Window) = (session, name, window);

    public TrialModel Name { get; }

    public GreyRange Window { get; }

    /// <summary>How many pictures it has made, and how many of them hold values that are no numbers.</summary>
    public int Pictures { get; private set; }
    public int NotFinite { get; private set; }

    /// <summary>Greatest absolute value in any picture.</summary>
    public float Greatest { get; private set; }

    /// <param name="file">ONNX.</param>
    /// <param name="asked">The direction it must translate.</param>
    /// <param name="name">Its digest, also where it cannot be read.</param>
    /// <param name="reason">Why it cannot be used; null if it can.</param>
    /// <returns>Null with a reason.</returns>
    public static TrialGenerator? Open(byte[] file, Direction asked, out TrialModel name, out Reason? reason)
    {
        name = new(Convert.ToHexStringLower(SHA256.HashData(file)), "", "");
        InferenceSession? session = null;
        TrialGenerator? opened = null;
        try
        {
            session = Session(file);
            var metadata = session.ModelMetadata.CustomMetadataMap;
            name = name with { Name = metadata.GetValueOrDefault("model", ""), Version = metadata.GetValueOrDefault("version", "") };
            reason = OtherDirection(metadata, asked) ?? OtherShape(session) ?? BadWeights(file);
            if (reason is null)
            {
                opened = new(session, name, new((float)Number(metadata, "hu_low"), (float)Number(metadata, "hu_high")));
                reason = opened.DoesNotRun();
            }
        }
        catch (Exception e) when (e is OnnxRuntimeException or FormatException or InvalidProtocolBufferException)
        {
            reason = ReasonCode.ModelUnreadable.Because($"The file cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }
        if (reason is null)
            return opened;
        session?.Dispose();
        opened?._run.Dispose();
        return null;
    }

    /// <summary>The translation, its first channel; what is no number in it is 0 and counted.</summary>
    /// <param name="image">In [-1, 1]; both sides multiples of 32.</param>
    public Image Make(Image image)
    {
        var output = Run(image).Values[..image.Pixels.Length];
        var (bad, greatest) = (false, 0f);
        for (var i = 0; i < output.Length; i++)
        {
            if (!float.IsFinite(output[i]))
                (output[i], bad) = (0, true);
            greatest = Math.Max(greatest, Math.Abs(output[i]));
        }
        lock (_gate)
            (Pictures, NotFinite, Greatest) = (Pictures + 1, NotFinite + (bad ? 1 : 0), Math.Max(Greatest, greatest));
        return new(image.Width, image.Height, output);
    }

    private (float[] Values, long[] Shape) Run(Image image)
    {
        using var x = OrtValue.CreateTensorValueFromMemory(image.Pixels, [1, 1, image.Height, image.Width]);
        using var results = _session.Run(_run, ["input"], [x], ["output"]);
        return (results[0].GetTensorDataAsSpan<float>().ToArray(), results[0].GetTensorTypeAndShape().Shape);
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static InferenceSession Session(byte[] file)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;    // what fails is the verdict, and is told there
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new(file, options);
    }

    private static Reason? OtherDirection(Dictionary<string, string> metadata, Direction asked)
    {
        if (!metadata.TryGetValue("direction", out var told))
            return ReasonCode.ModelUnreadable.Because("Its metadata lack the direction.");
        var direction = Direction.Parse(told);
        if (direction == asked)
            return null;
        return direction == asked.Reverse
            ? ReasonCode.ModelDirection.Because($"It says that it translates {direction}, and {asked} was asked for.")
            : ReasonCode.ModelPair.Because($"It says that it translates {direction}, which is another pair than {asked}.");
    }

    private static Reason? OtherShape(InferenceSession session)
    {
        // A second channel of CT, over a wide window, is not judged.
        var fits = session.InputMetadata is { Count: 1 } inputs && inputs.TryGetValue("input", out var input) && Takes(input, most: 1)
            && session.OutputMetadata.TryGetValue("output", out var output) && Takes(output, most: 2);
        return fits ? null : ReasonCode.ModelShape.Because("Input and output are not one N x 1 x 256 x 256 tensor of float32 each.");

        static bool Takes(NodeMetadata node, int most) => node.IsTensor && node.ElementDataType == TensorElementType.Float
            && node.Dimensions is [-1 or 1, var channels, -1 or Reference.Side, -1 or Reference.Side] && channels != 0 && channels <= most;
    }

    private static Reason? BadWeights(byte[] file) => ModelWeights.NotFinite(file) is { } tensor
        ? ReasonCode.ModelNotFinite.Because($"The weights {tensor} hold values that are no numbers.")
        : null;

    private static double Number(Dictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out var text)
            ? double.Parse(text, CultureInfo.InvariantCulture) : throw new FormatException($"its metadata lack {key}.");

    private Reason? DoesNotRun()
    {
        try
        {
            var shape = Run(new Image(Reference.Side, Reference.Side).Map(_ => -1)).Shape;
            return shape is [1, 1 or 2, Reference.Side, Reference.Side]
                ? null : ReasonCode.ModelShape.Because($"Of a picture of 256 x 256 it makes {string.Join(" x ", shape)}.");
        }
        catch (OnnxRuntimeException e)
        {
            return ReasonCode.ModelShape.Because($"It does not translate a picture of 256 x 256: {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
