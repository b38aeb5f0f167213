using System.CommandLine;
using System.Text.Json;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.Pathology;
using Gateway.Workshop.Phantom;
using Gateway.Workshop.Sources;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Cli;

/// <summary><c>gateway import</c>: turns real heads, or phantoms, into what <c>train</c> and <c>evaluate</c> read.</summary>
internal static class ImportVerb
{
    private static readonly Option<FileInfo?> Sources = new(
        "--sources")
    { Description = "JSON list of sources (models/training-sources.json is the shipped models')." };

    private static readonly Option<DirectoryInfo> Data = new("--data")
    {
        Description = "Folder the paths are relative to.",
        DefaultValueFactory = _ => new DirectoryInfo("."),
    };

    /// <summary><c>--t2</c> and <c>--ct</c>.</summary>
    private static readonly Dictionary<ModalityProfile, Option<string[]>> Named = ShippedModalities.Table.Profiles.ToDictionary(
        profile => profile,
        profile => new Option<string[]>($"--{profile.Modality.Code}")
        {
            Description = $"NIfTI file, folder of one {profile.Caption} series{(profile.IsHounsfield ? ", or folder of windowed slices in PNG" : "")} (repeatable).",
        });

    private static readonly Option<string[]> Test = new(
        "--test")
    { Description = "A path of --t2 or --ct to hold out from training (repeatable)." };

    private static readonly Option<string> Licence = new("--licence")
    {
        Description = "Licence of what --t2 and --ct name.",
        DefaultValueFactory = _ => "unknown",
    };

    private static readonly Option<DirectoryInfo?> Models = new(
        "--models")
    { Description = "Folder with references/ (the shipped ones by default)." };

    private static readonly Option<bool> Deform = new(
        "--deform")
    { Description = "Deform slices onto the reference after the linear registration." };

    private static readonly Option<float[]> Clip = new("--clip")
    {
        Description = "HU that become black and white in the CT of real heads: two numbers (-20 100).",
        Arity = new(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> Phantoms = new("--phantoms") { Description = "Write pairs of this many phantoms instead." };

    private static readonly Option<DirectoryInfo?> Heads = new(
        "--heads")
    { Description = "Write pairs painted from the label maps in this folder instead (NIfTI, 1 mm)." };

    private static readonly Option<int> Count = new("--count")
    {
        Description = "Pairs of each label map to train on.",
        DefaultValueFactory = _ => 100,
    };

    private static readonly Option<int> TestCount = new("--test-count")
    {
        Description = "Pairs of each label map that is held out: the last fifth by name.",
        DefaultValueFactory = _ => 40,
    };

    private static readonly Option<float> Ill = new("--ill")
    {
        Description = "Share of a label map's variants that get an illness, 0 to 1.",
        DefaultValueFactory = _ => 0.85f,
    };

    private static readonly Option<DirectoryInfo?> Lesions = new(
        "--lesions")
    { Description = "Masks of real lesions in MNI space (NIfTI), for shapes and places of infarcts." };

    private static readonly Option<ulong> FirstSeed = new("--first-seed")
    {
        Description = "Seed of the first phantom or of a label map's first variant; the others follow.",
        DefaultValueFactory = _ => 1000,
    };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Receives the pictures and manifest.json.",
        DefaultValueFactory = _ => new DirectoryInfo("training-set"),
    };

    public static Command Create() => Verb.Create(
        "import", "Make a training set of NIfTI, DICOM or PNG heads, of phantoms, or of label maps.",
        [
            Sources, Data, .. Named.Values, Test, Licence, Models, Deform, Clip, Phantoms, Heads, Count, TestCount, Ill, Lesions, FirstSeed,
            Out, CommonOptions.Json,
        ],
        (parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var (folder, sources, phantoms) = (parsed.GetValue(Out)!.FullName, Wanted(parsed), parsed.GetValue(Phantoms));
        var heads = parsed.GetValue(Heads);
        if (new[] { phantoms > 0, heads is not null, sources.Count > 0 }.Count(given => given) != 1)
            throw new VerbException(
                "import wants one of heads (--sources, --t2, --ct), --phantoms and --heads: their pairs go to different folders.",
                ExitCode.Usage);
        if (phantoms > 0)
        {
            PhantomTrainingSet.Write(
                new() { Output = folder, Count = phantoms, FirstSeed = parsed.GetValue(FirstSeed), Masks = Masks(parsed) }, cancellation);
            return Done(parsed, folder, pictures: 0, pairs: phantoms, []);
        }
        if (heads is not null)
            return Painted(parsed, heads, folder, cancellation);
        var manifest = new TrainingSetBuilder(new()
        {
            Data = parsed.GetValue(Data)!.FullName,
            Output = folder,
            References = [.. Named.Keys.Select(profile => Shipped(parsed, profile))],
            Deform = parsed.GetValue(Deform),
            Window = Window(parsed),
            Lesions = Masks(parsed),
        }).Build(sources);
        return Done(
            parsed, folder, manifest.Pictures.Count, Directory.GetFiles(Path.Combine(folder, "paired"), "*.ct.png").Length,
            manifest.LeftOut);
    }

    private static LesionMasks? Masks(ParseResult parsed) =>
        parsed.GetValue(Lesions) is not { } lesions ? null
        : lesions.Exists ? LesionMasks.Of(lesions.FullName) : throw new VerbException($"There is no folder {lesions}.");

    private static GreyRange Window(ParseResult parsed) => parsed.GetValue(Clip) switch
    {
        [var low, var high] when low < high => new(low, high),
        null or [] => GreyRange.Brain,
        _ => throw new VerbException("--clip: the second number must be larger than the first.", ExitCode.Usage),
    };

    private static int Painted(ParseResult parsed, DirectoryInfo heads, string folder, CancellationToken cancellation)
    {
        if (!heads.Exists)
            throw new VerbException($"There is no folder {heads}.");
        var pairs = new HeadTrainingSet(new()
        {
            Heads = heads.FullName,
            Output = folder,
            Reference = Shipped(parsed, ShippedModalities.T2),
            Pairs = parsed.GetValue(Count),
            TestPairs = parsed.GetValue(TestCount),
            FirstSeed = parsed.GetValue(FirstSeed),
            Ill = parsed.GetValue(Ill),
            Lesions = Masks(parsed),
        }).Write(Report, cancellation);
        return Done(parsed, folder, pictures: 0, pairs.Count, []);

        static void Report(int done, int all)
        {
            if (done % 50 == 0 || done == all)
                Console.Error.WriteLine($"{done} of {all} pairs");
        }
    }

    private static Reference Shipped(ParseResult parsed, ModalityProfile profile) => Reference.Load(
        Path.Combine(
            parsed.GetValue(Models)?.FullName ?? Path.Combine(AppContext.BaseDirectory, "models"), "references", profile.Modality.Code),
        profile);

    private static int Done(ParseResult parsed, string folder, int pictures, int pairs, IReadOnlyList<string> leftOut)
    {
        Console.WriteLine($"{folder}: {pictures} slices, {pairs} pairs, {leftOut.Count} slices left out");
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { folder, pictures, pairs, leftOut });
        return ExitCode.Done;
    }

    private static List<TrainingSource> Wanted(ParseResult parsed)
    {
        var listed = parsed.GetValue(Sources) is { } file ? Listed(file) : [];
        var held = parsed.GetValue(Test) ?? [];
        return [.. listed, .. Named.SelectMany(option => Of(parsed.GetValue(option.Value), option.Key.Modality))];

        IEnumerable<TrainingSource> Of(string[]? paths, Modality modality) => (paths ?? []).Select(path => new TrainingSource
        {
            Path = path,
            Subject = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)).Split('.')[0],
            Modality = modality,
            Licence = parsed.GetValue(Licence)!,
            Split = held.Contains(path) ? "test" : "train",
        });
    }

    private static TrainingSource[] Listed(FileInfo file)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingSource[]>(File.ReadAllBytes(file.FullName), JsonSerializerOptions.Web) ?? [];
        }
        catch (JsonException e)
        {
            throw new VerbException($"{file} is not a list of sources: {e.Message}");
        }
    }
}
