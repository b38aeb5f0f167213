using System.CommandLine;
using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.TranslationWorker;
using Gateway.Workshop.Scores;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.Cli;

/// <summary><c>gateway evaluate</c>: compares model files with the trivial baselines on slices that they were not trained on.</summary>
internal static class EvaluateVerb
{
    private const int SheetRows = 6;

    /// <summary>Longer captions run into the next panel. The end of a name is kept, since it tells slices apart.</summary>
    private const int CaptionLength = 28;

    private static readonly Option<DirectoryInfo?> Models = new(
        "--models")
    { Description = "Folder of model files (the shipped ones by default)." };

    private static readonly Option<DirectoryInfo?> Real = new("--real") { Description = "Training set; its test subjects are looked at." };

    private static readonly Option<DirectoryInfo?> Paired = new(
        "--paired")
    { Description = "Folder of phantom pairs of seeds that were not trained on." };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Receives evaluation.md and the picture sheets.",
        DefaultValueFactory = _ => new DirectoryInfo("evaluation"),
    };

    public static Command Create() => Verb.Create(
        "evaluate", "Score models beside the trivial baselines on held-out slices.", [Models, Real, Paired, Out, CommonOptions.Json],
        (parsed, cancel) => Task.Run(() => Run(parsed, cancel), CancellationToken.None));

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        using var models = new ModelCatalog(
            MsOptions.Create(new ModelOptions { Directory = parsed.GetValue(Models)?.FullName ?? "" }), NullLogger<ModelCatalog>.Instance);
        var pair = ShippedModalities.T2.Direction;
        var facts = models[pair].Facts;
        var sets = new List<HeldOutSet>();
        if (parsed.GetValue(Real) is { } real)
            sets.Add(HeldOutSet.Real(real.FullName, pair));
        if (parsed.GetValue(Paired) is { } paired)
            sets.Add(HeldOutSet.Phantoms(paired.FullName, pair, facts.Window));
        if (sets.Count == 0)
            throw new VerbException("evaluate wants --real, --paired or both.", ExitCode.Usage);
        var folder = Directory.CreateDirectory(parsed.GetValue(Out)!.FullName).FullName;
        var rows = new List<(string Set, Direction Direction, int Slices, TranslationScores Scores)>();
        foreach (var set in sets)
            foreach (var direction in (Direction[])[pair, pair.Reverse])
                rows.AddRange(Evaluate(set, direction, models, folder, cancel));
        var table = ScoreTable.Markdown(rows, ShippedModalities.Table);
        File.WriteAllText(Path.Combine(folder, "evaluation.md"), $"{facts.Name} {facts.Version}\n\n{table}");
        Console.Write(table);
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(
                new
                {
                    model = facts.Name,
                    version = facts.Version,
                    rows = rows.Select(r => new { r.Set, Direction = r.Direction.Name, r.Slices, r.Scores }),
                    folder
                });
        return ExitCode.Done;
    }

    private static IEnumerable<(string Set, Direction Direction, int Slices, TranslationScores Scores)> Evaluate(
        HeldOutSet set, Direction direction, ModelCatalog models, string folder, CancellationToken cancel)
    {
        var (source, target) = (set.Sides[direction.From], set.Sides[direction.To]);
        var model = new RoundTrip(models[direction].Facts.Version, Through(models[direction]), Through(models[direction.Reverse]));
        var sheet = Path.Combine(folder, $"{set.Name.Replace(' ', '-')}-{direction}.png");
        PngFile.WriteGrey(sheet, Sheet($"{set.Name} {direction} {model.Name}", source.Slices, model));
        var evaluation = new TranslationEvaluation(source.Slices, ShippedModalities.Table[direction.To].MadeRange(set.Window).Width);
        foreach (var way in (RoundTrip[])[model, RoundTrip.Mean(target.Mean, source.Mean), RoundTrip.Copy])
        {
            Console.Error.WriteLine($"{set.Name}, {direction}: {way.Name}");
            yield return (set.Name, direction, source.Slices.Count, evaluation.Score(way, cancel));
        }
    }

    private static Func<Image, Image> Through(OnnxModel model) =>
        image => new(image.Width, image.Height, model.Translate(image.Pixels, image.Width, image.Height));

    private static Image Sheet(string title, IReadOnlyList<HeldOutSlice> slices, RoundTrip model)
    {
        var shown = Math.Min(SheetRows, slices.Count);
        var panels = Enumerable.Range(0, shown).Select(i => slices[i * slices.Count / shown]).SelectMany(slice =>
        {
            var made = model.There(slice.Source);
            var last = slice.Truth is { } truth ? Shown("truth", truth) : Shown("cycle", model.Back(made));
            return (Panel[])[Shown("source", slice.Source, slice.Name), Shown("synthetic", made), last];
        });
        return PictureSheet.Draw(title, [.. panels], ["SYNTHETIC - NOT FOR DIAGNOSTIC USE"]);

        static Panel Shown(string kind, Image image, string? caption = null) =>
            new(kind, caption?[^Math.Min(CaptionLength, caption.Length)..] ?? kind, image, -1, 1);
    }
}
