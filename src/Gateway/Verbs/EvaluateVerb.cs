using System.CommandLine;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.TranslationWorker;
using Gateway.Workshop.Evaluation;
using Gateway.Workshop.Scores;
using Gateway.Workshop.TrainingSets;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.Cli;

/// <summary><c>gateway evaluate</c>: compares model files with the trivial baselines on slices that they were not trained on.</summary>
internal static class EvaluateVerb
{
    private static readonly Option<DirectoryInfo?> Models = new(
        "--models")
    { Description = "Folder of model files (the shipped ones by default)." };

    private static readonly Option<DirectoryInfo[]> Against = new(
        "--against")
    { Description = "Folder of other model files, scored beside and compared with (repeatable)." };

    private static readonly Option<DirectoryInfo?> Real = new("--real") { Description = "Training set; its test subjects are looked at." };

    private static readonly Option<DirectoryInfo[]> Paired = new(
        "--paired")
    { Description = "Folder of prepared pairs that were not trained on; of those in pairs.json, the test ones (repeatable)." };

    private static readonly Option<DirectoryInfo?> Fit = new(
        "--fit")
    { Description = "Folder of prepared pairs to fit the trivial methods on (by default the other subjects of the set)." };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Receives evaluation.md, evaluation.json and the picture sheets.",
        DefaultValueFactory = _ => new DirectoryInfo("evaluation"),
    };

    private static Direction Pair => ShippedModalities.T2.Direction;

    public static Command Create() => Verb.Create(
        "evaluate", "Score models beside the trivial baselines on held-out slices.",
        [Models, Against, Real, Paired, Fit, Out, CommonOptions.Json],
        (parsed, cancel) => Task.Run(() => Run(parsed, cancel), CancellationToken.None));

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        var sets = Sets(parsed);
        if (sets.Count == 0)
            throw new VerbException("evaluate wants --real, --paired or both.", ExitCode.Usage);
        var catalogs = ((IEnumerable<DirectoryInfo?>)[parsed.GetValue(Models), .. parsed.GetValue(Against) ?? []]).Select(Catalog).ToList();
        try
        {
            var folder = parsed.GetValue(Out)!.FullName;
            var run = new EvaluationRun(Named(catalogs), ShippedModalities.Table, new()) { Progress = Console.Error.WriteLine };
            var report = run.Write(sets, Pair, folder, cancel);
            Console.Write(EvaluationMarkdown.Of(report));
            if (parsed.GetValue(CommonOptions.Json))
                JsonLine.Write(new { folder, report.Models, report.Sets });
            return ExitCode.Done;
        }
        finally
        {
            catalogs.ForEach(catalog => catalog.Dispose());
        }
    }

    private static List<EvaluatedSet> Sets(ParseResult parsed)
    {
        var sets = new List<EvaluatedSet>();
        if (parsed.GetValue(Real) is { } real)
            sets.Add(new() { Slices = HeldOutSet.Real(real.FullName, Pair) });
        sets.AddRange((parsed.GetValue(Paired) ?? []).Select(Prepared));
        var fit = parsed.GetValue(Fit) is { } folder ? PairFolder.Read(folder.FullName, Pair) : null;
        return [.. sets.Select(set => set with { Fit = fit })];
    }

    private static EvaluatedSet Prepared(DirectoryInfo folder)
    {
        var held = ListedPair.Load(folder.FullName)?.Any(pair => pair.Split == ListedPair.Test) == true ? ListedPair.Test : null;
        return EvaluatedSet.OfPairs(folder.Name, PairFolder.Read(folder.FullName, Pair, held), Pair, PairFolder.Window) with
        {
            Notes = held is null ? ["The folder does not say what was trained on: all its pairs are used."] : [],
        };
    }

    // One thread a slice, and several slices at a time.
    private static ModelCatalog Catalog(DirectoryInfo? folder) => new(
        MsOptions.Create(new ModelOptions { Directory = folder?.FullName ?? "", Threads = 1 }), NullLogger<ModelCatalog>.Instance);

    private static List<EvaluatedModel> Named(List<ModelCatalog> catalogs)
    {
        var models = new List<EvaluatedModel>();
        foreach (var catalog in catalogs)
        {
            var version = catalog[Pair].Facts.Version;
            var again = models.Count(model => model.Name == version || model.Name.StartsWith(version + " #", StringComparison.Ordinal));
            models.Add(new(again == 0 ? version : $"{version} #{again + 1}", Digests(catalog), direction => Through(catalog[direction])));
        }
        return models;
    }

    private static Dictionary<string, string> Digests(ModelCatalog catalog) =>
        ((Direction[])[Pair, Pair.Reverse]).ToDictionary(direction => direction.Name, direction => catalog[direction].Facts.Digest);

    private static Func<Image, double, MadePicture> Through(OnnxModel model) => (image, _) =>
    {
        var (made, wide) = model.TranslateWide(image.Pixels, image.Width, image.Height);
        return new(
            new(image.Width, image.Height, made),
            wide is null ? null : new Image(image.Width, image.Height, wide).Map(model.Facts.Wide!.Value.FromUnit));
    };
}
