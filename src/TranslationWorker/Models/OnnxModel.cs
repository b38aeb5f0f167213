using System.Globalization;
using System.Security.Cryptography;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Microsoft.ML.OnnxRuntime;

namespace Gateway.TranslationWorker;

/// <summary>One generator in ONNX Runtime. It takes a prepared slice and returns the other modality, both in [-1,
/// 1]. Safe to call from several
/// threads.</summary>
public sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    private OnnxModel(InferenceSession session, ModelFacts facts, IReadOnlyList<float>? probe, string device, string? withoutCuda) =>
        (_session, Facts, Probe, Device, WithoutCuda) = (session, facts, probe, device, withoutCuda);

    public ModelFacts Facts { get; }

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; }

    /// <summary>What the model's maker got for the probe, as <see cref="ProbeSlice.Blocks"/>; null where the file does not say.</summary>
    public IReadOnlyList<float>? Probe { get; }

    /// <summary>Why <c>auto</c> fell back to the CPU although this ONNX Runtime was built for CUDA; null if it did not.</summary>
    public string? WithoutCuda { get; }

    /// <exception cref="ModelException">The file is absent, is no ONNX model, or lacks our metadata; or CUDA was required and cannot be
    /// used.</exception>
    public static OnnxModel Load(string path, ModelOptions options) =>
        File.Exists(path) ? Load(File.ReadAllBytes(path), path, options) : throw new ModelException($"No model at {path}.");

    /// <inheritdoc cref="Load(string, ModelOptions)"/>
    /// <param name="bytes">The file.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="options">The device and its threads.</param>
    public static OnnxModel Load(byte[] bytes, string name, ModelOptions options)
    {
        InferenceSession? session = null;
        try
        {
            (session, var device, var withoutCuda) = Open(bytes, options);
            var facts = Read(session, Convert.ToHexStringLower(SHA256.HashData(bytes)), name);
            var loaded = new OnnxModel(
                session, options.Registration == "auto" ? facts : facts with { Deform = options.Registration == "deformable" },
                ProbeOf(session), device, withoutCuda);
            session = null;
            return loaded;
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"ONNX Runtime cannot load {name}: {e.Message}", e);
        }
        catch (FormatException e)
        {
            throw new ModelException($"{name} holds metadata that cannot be read: {e.Message}", e);
        }
        finally
        {
            session?.Dispose();
        }
    }

    /// <param name="input">height x width values, row-major, in [-1, 1]; both sides multiples of 32.</param>
    public float[] Translate(float[] input, int width, int height) => TranslateWide(input, width, height).Made;

    /// <summary>Both channels of a model of CT that has two.</summary>
    /// <param name="input">height x width values, row-major, in [-1, 1]; both sides multiples of 32.</param>
    public MadeSlice TranslateWide(float[] input, int width, int height)
    {
        var channels = Facts.Wide is null ? 1 : 2;
        var output = new float[channels * input.Length];
        using var x = OrtValue.CreateTensorValueFromMemory(input, [1, 1, height, width]);
        using var y = OrtValue.CreateTensorValueFromMemory(output, [1, channels, height, width]);
        _session.Run(_run, ["input"], [x], ["output"], [y]);
        return channels == 1 ? new(output, null) : new(output[..input.Length], output[input.Length..]);
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static (InferenceSession Session, string Device, string? WithoutCuda) Open(byte[] model, ModelOptions options)
    {
        var hasCuda = OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider");
        if (options.Device == "cuda" && !hasCuda)
            throw new ModelException(
                "Models:Device is cuda, and this build's ONNX Runtime has no CUDA: publish it with -p:Accelerator=cuda.");
        if (options.Device == "cpu" || !hasCuda)
            return (Open(model, options, cuda: false), "cpu", null);
        try
        {
            return (Open(model, options, cuda: true), "cuda", null);
        }
        // built for CUDA, on a machine without its libraries or without a GPU
        catch (OnnxRuntimeException e) when (options.Device == "auto")
        {
            return (Open(model, options, cuda: false), "cpu", e.Message);
        }
    }

    private static InferenceSession Open(byte[] model, ModelOptions options, bool cuda)
    {
        // Spinning threads starve other work on the same cores (measured: another process 15 times slower).
        using var session = new Microsoft.ML.OnnxRuntime.SessionOptions
        {
            IntraOpNumThreads = options.Threads,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (cuda)
            session.AppendExecutionProvider_CUDA();
        return new InferenceSession(model, session);
    }

    private static float[]? ProbeOf(
        InferenceSession session) => session.ModelMetadata.CustomMetadataMap.TryGetValue("probe", out var values)
        ? Array.ConvertAll(values.Split(','), value => float.Parse(value, CultureInfo.InvariantCulture))
        : null;

    private static ModelFacts Read(InferenceSession session, string digest, string name)
    {
        var metadata = session.ModelMetadata.CustomMetadataMap;
        string Value(string key) =>
            metadata.TryGetValue(key, out var value) ? value : throw new ModelException($"{name} lacks the metadata '{key}'.");
        double Number(string key) => double.Parse(Value(key), CultureInfo.InvariantCulture);
        return new ModelFacts
        {
            Direction = Direction.Parse(Value("direction")),
            Name = Value("model"),
            Version = Value("version"),
            Digest = digest,
            HuLow = Number("hu_low"),
            HuHigh = Number("hu_high"),
            Wide = metadata.ContainsKey("wide_low") ? new((float)Number("wide_low"), (float)Number("wide_high")) : null,
            Deform = metadata.GetValueOrDefault("registration", "linear") == "deformable",
            TrainedOn = metadata.GetValueOrDefault("trained_on", ""),
        };
    }
}
