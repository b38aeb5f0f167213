using System.Text.Json;
using Gateway.TrainingWorker.Weights;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Everything needed to resume a run bit for bit, in one file: weights, averages, moments, pools, counters and options.</summary>
public static class Checkpoint
{
    /// <summary>Name of the file inside a run's folder.</summary>
    public const string FileName = "checkpoint.safetensors";

    /// <summary>Name of the file of the averages that scored best.</summary>
    public const string BestName = "best.safetensors";

    /// <summary>Replaces the file at <paramref name="path"/> atomically.</summary>
    /// <exception cref="TrainingDivergedException">A number of the state is not finite; the file stays as it was.</exception>
    public static void Save(string path, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var scope = NewDisposeScope();
        foreach (var (name, value) in state.Tensors())
            if (!value.isfinite().all().item<bool>())
                throw new TrainingDivergedException(state.Step, name);
        SafetensorsFile.Write(path, state.Tensors(), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["counters"] = JsonSerializer.Serialize(state.Counters),
            ["options"] = JsonSerializer.Serialize(state.Options),
        });
    }

    /// <summary>Replaces the file at <paramref name="path"/> atomically by the averages alone, which <c>export</c> reads.</summary>
    public static void SaveAverages(string path, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(path, state.Averages(), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["counters"] = JsonSerializer.Serialize(state.Counters),
            ["options"] = JsonSerializer.Serialize(state.Options),
        });
    }

    /// <summary>The options the run was saved with.</summary>
    public static TrainingOptions Options(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return JsonSerializer.Deserialize<TrainingOptions>(file.Metadata["options"])!;
    }

    /// <summary>Fills <paramref name="state"/>, whose networks must have the saved widths.</summary>
    /// <exception cref="InvalidDataException">A tensor is absent or of another shape.</exception>
    public static void Load(string path, TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var file = SafetensorsFile.Open(path);
        foreach (var (name, value) in state.Tensors())
            file.CopyTo(name, value);
        state.Counters = JsonSerializer.Deserialize<Dictionary<string, long>>(file.Metadata["counters"])!;
    }
}
