using System.CommandLine;
using Gateway.TrainingWorker.Training;
using Gateway.TrainingWorker.Tuning;

namespace Gateway.Cli;

/// <summary><c>gateway tune</c>: the source report's search and tables, and with <c>--compare</c> its recipe beside ours. A stopped run
/// goes on where it was.</summary>
internal static class TuneVerb
{
    private static readonly TuneRequest Usual = new() { Paired = [], Out = "tuning", Features = "" };

    private static readonly Option<DirectoryInfo[]> Paired = new("--paired")
    {
        Description = "Folder of prepared pairs: the training heads, and the held-out ones that everything is scored on (repeatable).",
        Required = true,
    };

    private static readonly Option<DirectoryInfo?> Real = new("--real")
    {
        Description = "Training set of real slices for the unpaired ones (by default T2 of every other head of the pairs, CT of the rest).",
    };

    private static readonly Option<FileInfo> Features = new("--features")
    {
        Description = "Weights of VGG19 or SqueezeNet 1.1, for the perceptual loss.",
        Required = true,
    };

    private static readonly Option<FileInfo?> Inception = new("--inception")
    {
        Description = "Weights of the Inception-v3 of 2015, for the FID (by default a Frechet distance on --features, named so).",
    };

    private static readonly Option<bool> Compare = new("--compare")
    {
        Description = "Compare the recipes gateway, phantom-anchored and paper instead, with equally many updates.",
    };

    private static readonly Option<int> Limit = Number("--limit", "Images of each modality in the search.", Usual.Limit);
    private static readonly Option<int> Seeds = Number("--seeds", "Runs of each row.", Usual.Seeds);
    private static readonly Option<int> Size = Number("--size", "Pixels a side, a multiple of 32.", Usual.Size);
    private static readonly Option<int> Width = Number("--width", "Channels of the generators' first stage, a multiple of 4.", Usual.Width);
    private static readonly Option<int> Updates = Number("--updates", "Updates of each generator in a run.", Usual.Updates);
    private static readonly Option<int> Epochs = Number("--epochs", "Epochs of the best row on all images.", Usual.Epochs);

    private static readonly Option<double?> Minutes = new("--minutes") { Description = "Stop after so long; the same command goes on." };

    private static readonly Option<string> Device = new("--device")
    {
        Description = "Where to train; auto takes a GPU where torch has one.",
        DefaultValueFactory = _ => TrainingDevice.Auto,
    };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Receives the tables, the sheets and a folder a run. A second process on the same folder shares the runs.",
        DefaultValueFactory = _ => new DirectoryInfo(Usual.Out),
    };

    public static Command Create() => Verb.Create(
        "tune", "Search the source report's settings and print its tables, or compare its recipe with ours.",
        [
            Paired, Real, Features, Inception, Compare, Limit, Seeds, Size, Width, Updates, Epochs, Minutes, Device, Out,
            CommonOptions.Json,
        ],
        (parsed, cancel) => Task.Run(() => Run(parsed, cancel), CancellationToken.None));

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        var request = new TuneRequest
        {
            Paired = [.. parsed.GetValue(Paired)!.Select(folder => folder.FullName)],
            Real = parsed.GetValue(Real)?.FullName,
            Features = parsed.GetValue(Features)!.FullName,
            Inception = parsed.GetValue(Inception)?.FullName,
            Out = parsed.GetValue(Out)!.FullName,
            Limit = parsed.GetValue(Limit),
            Seeds = parsed.GetValue(Seeds),
            Size = parsed.GetValue(Size),
            Width = parsed.GetValue(Width),
            Updates = parsed.GetValue(Updates),
            Epochs = parsed.GetValue(Epochs),
            Minutes = parsed.GetValue(Minutes),
            Device = parsed.GetValue(Device)!,
        };
        using var run = new TuneRun(request, TimeProvider.System, Console.Error.WriteLine);
        var compare = parsed.GetValue(Compare);
        var done = compare ? run.Compare(cancel) : run.Tune(cancel);
        var report = Path.Combine(request.Out, compare ? "comparison.md" : "tuning.md");
        Console.Write(File.ReadAllText(report));
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { done, report, results = Path.ChangeExtension(report, "json") });
        return done ? ExitCode.Done : ExitCode.Interrupted;
    }

    private static Option<int> Number(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name}: at least 1.");
        });
        return option;
    }
}
