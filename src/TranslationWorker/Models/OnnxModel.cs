using System.Globalization;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;

namespace Gateway.TranslationWorker;

/// <summary>One generator in ONNX Runtime: a prepared slice in, the other modality out, both in [-1, 1]. Safe to call from several threads.</summary>
public sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    private OnnxModel(InferenceSession session, ModelFacts facts, string device) => (_session, Facts, Device) = (session, facts, device);

    public ModelFacts Facts { get; }

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; }

    /// <exception cref="ModelException">The file is absent, is no ONNX model, or lacks our metadata.</exception>
    public static OnnxModel Load(string path, ModelOptions options)
    {
        if (!File.Exists(path))
            throw new ModelException($"No model at {path}.");
        try
        {
            var bytes = File.ReadAllBytes(path);
            var (sessionOptions, device) = Configure(options);
            using (sessionOptions)
            {
                var session = new InferenceSession(bytes, sessionOptions);
                var facts = Read(session, Convert.ToHexStringLower(SHA256.HashData(bytes)), path);
                return new OnnxModel(session, options.Registration == "auto" ? facts : facts with { Deform = options.Registration == "deformable" }, device);
            }
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"{path} is not a model ONNX Runtime can load.", e);
        }
    }

    /// <param name="input">height x width values, row-major, in [-1, 1]; both sides multiples of 32.</param>
    public float[] Translate(float[] input, int width, int height)
    {
        var output = new float[input.Length];
        long[] shape = [1, 1, height, width];
        using var x = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var y = OrtValue.CreateTensorValueFromMemory(output, shape);
        _session.Run(_run, ["input"], [x], ["output"], [y]);
        return output;
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static (Microsoft.ML.OnnxRuntime.SessionOptions Options, string Device) Configure(ModelOptions options)
    {
        // Spinning threads starve whatever shares the cores (measured: 15x on a neighbour).
        var session = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = options.Threads, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        var hasCuda = OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider");
        if (options.Device == "cpu" || (options.Device == "auto" && !hasCuda))
            return (session, "cpu");
        session.AppendExecutionProvider_CUDA();
        return (session, "cuda");
    }

    private static ModelFacts Read(InferenceSession session, string digest, string path)
    {
        var metadata = session.ModelMetadata.CustomMetadataMap;
        string Value(string key) => metadata.TryGetValue(key, out var value) ? value : throw new ModelException($"{path} lacks the metadata '{key}'.");
        double Number(string key) => double.Parse(Value(key), CultureInfo.InvariantCulture);
        return new ModelFacts
        {
            Direction = TranslationDirections.Parse(Value("direction")),
            Name = Value("model"),
            Version = Value("version"),
            Digest = digest,
            HuLow = Number("hu_low"),
            HuHigh = Number("hu_high"),
            Deform = metadata.GetValueOrDefault("registration", "linear") == "deformable",
            TrainedOn = metadata.GetValueOrDefault("trained_on", ""),
        };
    }
}
