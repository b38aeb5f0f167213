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
    { Description = "Folder of prepared pairs that were not trained on (repeatable)." };

    private static readonly Option<string> Split = new("--split")
    {
        Description = "Which of the pairs of a pairs.json: test, train or all.",
        DefaultValueFactory = _ => ListedPair.Test,
    };

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

    private static readonly Option<int> Insert = new("--insert")
    {
        Description = "Lesions of each kind to put into slices without findings.",
        DefaultValueFactory = _ => new EvaluationOptions().Insertions,
    };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Receives evaluation.md, evaluation.json and the picture sheets.",
        DefaultValueFactory = _ => new DirectoryInfo("evaluation"),
    };

    private static Direction Pair => ShippedModalities.T2.Direction;

    public static Command Create() => Verb.Create(
        "evaluate", "Score models beside the trivial baselines on held-out slices.",
        [Models, Against, Real, Paired, Split, Pairs, ArePrepared, Every, Fit, Weights, Insert, Out, CommonOptions.Json],
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
            var run = new EvaluationRun(Named(catalogs), ShippedModalities.Table, new() { Insertions = parsed.GetValue(Insert) })
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
        var (t2, ct) = (OfModality(parsed, ShippedModalities.T2), OfModality(parsed, ShippedModalities.Ct));
        var sets = new List<EvaluatedSet>();
        if (parsed.GetValue(Real) is { } real)
            sets.Add(new() { Slices = HeldOutSet.Real(real.FullName, Pair) });
        sets.AddRange((parsed.GetValue(Paired) ?? []).Select(folder => EvaluatedSet.OfPairs(
            folder.Name, PairFolder.Read(folder.FullName, Pair, Wanted(folder, parsed), ct.Mask), Pair, PairFolder.Window)));
        sets.AddRange((parsed.GetValue(Pairs) ?? []).Select(folder => Registered(folder, parsed, facts, t2, ct.Mask)));
        var fit = parsed.GetValue(Fit) is { } known ? PairFolder.Read(known.FullName, Pair, ctMask: ct.Mask) : null;
        return [.. sets.Select(set => set with { Fit = fit })];
    }

    /// <summary>Folders without a list are judged by whole.</summary>
    private static string? Wanted(DirectoryInfo folder, ParseResult parsed) =>
        parsed.GetValue(Split) is { } split && split != "all" && ListedPair.Load(folder.FullName) is not null ? split : null;

    private static EvaluatedSet Registered(DirectoryInfo folder, ParseResult parsed, ModelFacts facts, Reference t2, Mask ctMask)
    {
        var (pairs, notes) = RegisteredPairs.Read(folder.FullName, new()
        {
            Reference = t2,
            CtMask = ctMask,
            Window = facts.Window,
            Deform = facts.Deform,
            EveryMm = parsed.GetValue(Every),
            ArePrepared = parsed.GetValue(ArePrepared),
        });
        return EvaluatedSet.OfPairs(folder.Name, pairs, Pair, facts.Window) with { Notes = notes };
    }

    /// <summary>The models' own reference, or the shipped one.</summary>
    private static Reference OfModality(ParseResult parsed, ModalityProfile profile)
    {
        var own = Path.Combine(parsed.GetValue(Models)?.FullName ?? "", "references");
        var references = Directory.Exists(own) ? own : Path.Combine(AppContext.BaseDirectory, "models", "references");
        return Reference.Load(Path.Combine(references, profile.Modality.Code), profile);
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
