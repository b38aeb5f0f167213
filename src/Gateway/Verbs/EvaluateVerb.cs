using System.CommandLine;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.TrainingWorker.Networks;
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

    private static readonly Option<DirectoryInfo[]> Pairs = new(
        "--pairs")
    { Description = "Folder with a folder for each person, in it t2* and ct*: registered NIfTI, DICOM or PNG (repeatable)." };

    private static readonly Option<bool> ArePrepared = new(
        "--prepared")
    { Description = "PNG pictures of --pairs are in the generators' frame: registered, 256 x 256, 1 mm, masked." };

    private static readonly Option<double> Every = new(
        "--every")
    { Description = "Of --pairs, beside the chosen slice, one every so many mm; 0 for none." };

    private static readonly Option<DirectoryInfo?> Fit = new(
        "--fit")
    { Description = "Folder of prepared pairs to fit the trivial methods on (by default the other subjects of the set)." };

    private static readonly Option<FileInfo[]> Weights = new(
        "--features")
    { Description = "Weights of SqueezeNet 1.1, VGG19 or the FID's Inception, by whose features sets are compared (repeatable)." };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Receives evaluation.md, evaluation.json and the picture sheets.",
        DefaultValueFactory = _ => new DirectoryInfo("evaluation"),
    };

    private static Direction Pair => ShippedModalities.T2.Direction;

    public static Command Create() => Verb.Create(
        "evaluate", "Score models beside the trivial baselines on held-out slices.",
        [Models, Against, Real, Paired, Pairs, ArePrepared, Every, Fit, Weights, Out, CommonOptions.Json],
        (parsed, cancel) => Task.Run(() => Run(parsed, cancel), CancellationToken.None));

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(Real) is null && parsed.GetValue(Paired) is null or [] && parsed.GetValue(Pairs) is null or [])
            throw new VerbException("evaluate wants --real, --paired or --pairs.", ExitCode.Usage);
        var catalogs = ((IEnumerable<DirectoryInfo?>)[parsed.GetValue(Models), .. parsed.GetValue(Against) ?? []]).Select(Catalog).ToList();
        var features = (parsed.GetValue(Weights) ?? []).Select(file => SetFeatures.Read(file.FullName)).ToList();
        try
        {
            var folder = parsed.GetValue(Out)!.FullName;
            var run = new EvaluationRun(Named(catalogs), ShippedModalities.Table, new())
            {
                Features = [.. features.Select(network => network.Features)],
                Progress = Console.Error.WriteLine,
            };
            var report = run.Write(Sets(parsed, catalogs[0][Pair].Facts), Pair, folder, cancel);
            Console.Write(EvaluationMarkdown.Of(report));
            if (parsed.GetValue(CommonOptions.Json))
                JsonLine.Write(new { folder, report.Models, report.Sets });
            return ExitCode.Done;
        }
        finally
        {
            catalogs.ForEach(catalog => catalog.Dispose());
            features.ForEach(network => network.Dispose());
        }
    }

    private static List<EvaluatedSet> Sets(ParseResult parsed, ModelFacts facts)
    {
        var sets = new List<EvaluatedSet>();
        if (parsed.GetValue(Real) is { } real)
            sets.Add(new() { Slices = HeldOutSet.Real(real.FullName, Pair) });
        sets.AddRange((parsed.GetValue(Paired) ?? []).Select(Prepared));
        sets.AddRange((parsed.GetValue(Pairs) ?? []).Select(folder => Registered(folder, parsed, facts)));
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

    private static EvaluatedSet Registered(DirectoryInfo folder, ParseResult parsed, ModelFacts facts)
    {
        var own = Path.Combine(parsed.GetValue(Models)?.FullName ?? "", "references");
        var references = Directory.Exists(own) ? own : Path.Combine(AppContext.BaseDirectory, "models", "references");
        var (pairs, notes) = RegisteredPairs.Read(folder.FullName, new()
        {
            Reference = Reference.Load(Path.Combine(references, Pair.From.Code), ShippedModalities.T2),
            Window = facts.Window,
            Deform = facts.Deform,
            EveryMm = parsed.GetValue(Every),
            ArePrepared = parsed.GetValue(ArePrepared),
        });
        return EvaluatedSet.OfPairs(folder.Name, pairs, Pair, facts.Window) with { Notes = notes };
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
