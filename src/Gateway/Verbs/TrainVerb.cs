using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.TrainingWorker.Training;

namespace Gateway.Cli;

/// <summary><c>gateway train</c>: trains both generators in this process, from a folder. A stopped run leaves a checkpoint, from which
/// <c>--resume</c> goes on. <c>--job</c> and its like are <see cref="TrainJobVerb"/>'s.</summary>
internal static class TrainVerb
{
    private static readonly Option<DirectoryInfo[]> Paired = new("--paired")
    {
        Description = "Folder of prepared pairs, needed unless the verb speaks of jobs (repeatable; PairedWeights: how often each).",
    };

    private static readonly Option<DirectoryInfo?> Real = new(
        "--real")
    { Description = "Training set of real slices; without it only the paired stage runs." };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Receives checkpoint and sample sheets.",
        DefaultValueFactory = _ => new DirectoryInfo("training"),
    };

    private static readonly Option<bool> Resume = new(
        "--resume")
    { Description = "Take up the checkpoint in --out, with the options it was trained with." };

    /// <summary>Of a run and of a job.</summary>
    public static readonly Option<string?> Recipe = new("--recipe")
    {
        Description = $"{string.Join(", ", RecipeFile.Names)}, or a JSON file of training options ({Default}; for --job the trainer's).",
    };

    private const string Default = "phantom-anchored";

    private static readonly Option<FileInfo[]> From = new("--from")
    {
        Description = "Begin from the averages of a checkpoint, or from an exported model, instead of drawn weights (repeatable).",
    };

    private static readonly Option<FileInfo?> Features = new("--features")
    {
        Description = "Weights of VGG19 or SqueezeNet 1.1, for a recipe with a perceptual loss (safetensors, .pth, .npz, ONNX).",
    };

    private static readonly Option<FileInfo?> Encoder = new("--encoder")
    {
        Description = "Weights of a ResNet-18 trained on photographs, for encoders and discriminators to begin from.",
    };

    private static readonly Option<string> Device = Devices();

    private static readonly Option<string[]> Set = new(
        "--set")
    { Description = "One training option, Name=value; for jobs a setting of the gateway, Section:Key=value (repeatable)." };

    public static Command Create() => Verb.Create(
        "train", "Train both generators from a folder, or order, show and stop training jobs.",
        [Paired, Real, Out, Resume, From, Features, Encoder, Device, Recipe, Set, CommonOptions.Json, .. TrainJobVerb.Symbols], RunAsync);

    private static Option<string> Devices()
    {
        var option = new Option<string>("--device")
        {
            Description = "Where to train; auto takes a GPU where torch has one.",
            DefaultValueFactory = _ => TrainingDevice.Auto,
        };
        return option.AcceptOnlyFromAmong([.. TrainingDevice.Names]);
    }

    private static Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (TrainJobVerb.IsAsked(parsed))
            return TrainJobVerb.RunAsync(parsed, parsed.GetValue(Set) ?? [], cancel);
        var folder = parsed.GetValue(Out)!.FullName;
        var paired = parsed.GetValue(Paired) is { Length: > 0 } told
            ? told : throw new VerbException("--paired: say which folder to train on, or --job.", ExitCode.Usage);
        var request = new TrainingRequest
        {
            Real = parsed.GetValue(Real)?.FullName,
            Paired = [.. paired.Select(one => one.FullName)],
            Out = folder,
            Resume = parsed.GetValue(Resume),
            From = [.. (parsed.GetValue(From) ?? []).Select(file => file.FullName)],
            Features = parsed.GetValue(Features)?.FullName,
            Encoder = parsed.GetValue(Encoder)?.FullName,
            Device = parsed.GetValue(Device)!,
            Options = Options(parsed, Path.Combine(folder, Checkpoint.FileName)),
        };
        return Task.Run(() =>
        {
            TrainCommand.Run(request, TimeProvider.System, new Lines(), cancel);
            if (parsed.GetValue(CommonOptions.Json))
                JsonLine.Write(new { stopped = cancel.IsCancellationRequested, checkpoint = Path.Combine(folder, Checkpoint.FileName) });
            return cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
        }, CancellationToken.None);
    }

    /// <returns>Null when the command line gives no options.</returns>
    private static TrainingOptions? Options(ParseResult parsed, string checkpoint)
    {
        var (file, assignments) = (parsed.GetValue(Recipe), parsed.GetValue(Set) ?? []);
        if (file is null && assignments.Length == 0)
            return null;
        try
        {
            var start = file is not null ? RecipeFile.Parse(RecipeFile.Find(file).Text, file)
                : parsed.GetValue(Resume) && File.Exists(checkpoint) ? Checkpoint.Options(checkpoint)
                : RecipeFile.Shipped(Default);
            var json = JsonSerializer.SerializeToNode(start)!.AsObject();
            foreach (var assignment in assignments)
                Assign(json, assignment);
            return json.Deserialize<TrainingOptions>()!;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new VerbException($"A training option cannot be read: {e.Message}", ExitCode.Usage);
        }
    }

    // A word needs no quotes: --set Only=t2-ct.
    private static void Assign(JsonObject json, string assignment)
    {
        if (assignment.Split('=', 2) is not [var name, var value] || !json.ContainsKey(name))
            throw new VerbException($"--set {assignment}: expected Name=value with the name of a training option.", ExitCode.Usage);
        try
        {
            json[name] = JsonNode.Parse(value);
        }
        catch (JsonException) when (value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '/' or '.' or '_'))
        {
            json[name] = value;
        }
    }

    /// <summary>Reports on the training thread, because <see cref="Progress{T}"/> could reorder lines.</summary>
    private sealed class Lines : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Console.Error.WriteLine(value);
    }
}
