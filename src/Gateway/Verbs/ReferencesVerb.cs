using System.CommandLine;
using System.Text.Json;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Limits;
using Gateway.Workshop.References;
using Gateway.Workshop.Sources;

namespace Gateway.Cli;

/// <summary>
/// <c>gateway references build</c> makes both mean brains from the subjects that their recipes name, <c>gateway references heads</c> the
/// mean heads by which the level of a volume is found. <c>gateway references limits</c> learns the limits of the out-of-distribution gate
/// from series like those of the training set.
/// </summary>
internal static class ReferencesVerb
{
    private const string Labels = "labels/synthseg";

    /// <summary>Ways, beside the volume as it is, in which limits are learned from each head.</summary>
    private const int Variants = 3;

    private static readonly Argument<DirectoryInfo> Source = new("source") { Description = "Folder the recipes' paths are relative to." };

    private static readonly Argument<DirectoryInfo> LabelMaps = new("labels")
    {
        Description = "Folder of label maps; the last fifth of them, by name, is kept for tests.",
    };

    private static readonly Option<FileInfo> Recipes = new("--recipes")
    {
        Description = "What each reference is made from.",
        DefaultValueFactory = _ => new FileInfo("models/references/recipes.json"),
    };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Holds, or receives, t2/ and ct/.",
        DefaultValueFactory = _ => new DirectoryInfo("models/references"),
    };

    private static readonly Option<FileInfo> Sources = new("--sources")
    {
        Description = "The training set's subjects; those kept for tests are not learned from.",
        DefaultValueFactory = _ => new FileInfo("models/training-sources.json"),
    };

    private static readonly Option<int> Phantoms = new("--phantoms")
    {
        Description = "Digital heads learned from as well.",
        DefaultValueFactory = _ => 40,
    };

    private static readonly Option<DirectoryInfo?> Samples = new("--samples")
    {
        Description = "What was measured of each kind of source is kept here, and not measured again.",
    };

    public static Command Create() => new("references", "The mean brains that slices are chosen by and registered to.")
    {
        Verb.Create("build", "Register and average the recipes' subjects.", [Source, Recipes, Out], Build),
        Verb.Create("heads", "Paint label maps of whole heads and average them.", [LabelMaps, Out], BuildHeads),
        Verb.Create("limits", "Learn how far a series may differ from good ones.", [Source, Sources, Phantoms, Out, Samples], Learn),
    };

    private static Task<int> Build(ParseResult parsed, CancellationToken cancel)
    {
        var recipes = ReferenceRecipe.Load(parsed.GetValue(Recipes)!.FullName);
        foreach (var reference in ReferenceSet.Build(recipes, parsed.GetValue(Source)!.FullName, ShippedModalities.Table))
        {
            var folder = Path.Combine(parsed.GetValue(Out)!.FullName, reference.Profile.Modality.Code);
            reference.Save(folder);
            Console.WriteLine($"{folder}: {reference.Parameters.Slices} slices, digest {reference.Parameters.Digest}");
        }
        return Task.FromResult(ExitCode.Done);
    }

    private static Task<int> BuildHeads(ParseResult parsed, CancellationToken cancel)
    {
        string Folder(ModalityProfile profile) => Path.Combine(parsed.GetValue(Out)!.FullName, profile.Modality.Code);
        var references = ShippedModalities.Table.Profiles
            .Select(profile => Imaging.Slices.Reference.Load(Folder(profile), profile)).ToArray();
        var means = MeanHeadBuilder.Build(
            Learned(parsed.GetValue(LabelMaps)!.FullName), references, name => Console.Error.WriteLine(name));
        foreach (var (reference, mean) in references.Zip(means))
        {
            mean.Save(Folder(reference.Profile));
            Console.WriteLine($"{Folder(reference.Profile)}: digest {mean.Digest}");
        }
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>Label maps, less the last fifth.</summary>
    private static string[] Learned(string folder)
    {
        string[] maps = [.. Directory.GetFiles(folder, "*.nii*").Order(StringComparer.Ordinal)];
        return maps[..^(maps.Length / 5)];
    }

    private static Task<int> Learn(ParseResult parsed, CancellationToken cancel)
    {
        var sources =
            JsonSerializer.Deserialize<TrainingSource[]>(File.ReadAllBytes(parsed.GetValue(Sources)!.FullName), JsonSerializerOptions.Web)!;
        var measured = ShippedModalities.Table.Profiles.Select(profile => Measure(profile, sources, parsed)).ToArray();
        var painted = Kept(parsed, "painted", () => ArchiveSamples.OfLabels(
            Learned(Path.Combine(parsed.GetValue(Source)!.FullName, Labels)), [.. measured.Select(archive => archive.Samples)]));
        foreach (var (archive, samples) in measured.Zip(painted))
            archive.Sources["painted"] = samples;
        var heads = measured.SelectMany(archive => archive.Sources.Values.SelectMany(samples => samples)).ToArray();
        foreach (var archive in measured)
        {
            var limits = LimitsBuilder.Build(archive.Reference, archive.Sources, heads, archive.Findings);
            limits.Save(archive.Folder);
            foreach (var part in limits.Parts)
                Console.WriteLine($"{archive.Folder}: {part.Name}, {part.Slices} slices of {part.Subjects} subjects");
        }
        return Task.FromResult(ExitCode.Done);
    }

    private static T Kept<T>(ParseResult parsed, string name, Func<T> measure)
    {
        if (parsed.GetValue(Samples) is not { } folder)
            return measure();
        var file = Path.Combine(folder.FullName, $"{name}.json");
        if (File.Exists(file))
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(file))!;
        var measured = measure();
        Directory.CreateDirectory(folder.FullName);
        File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(measured));
        return measured;
    }

    private static Archive Measure(ModalityProfile profile, TrainingSource[] sources, ParseResult parsed)
    {
        const ulong firstSeed = 700_000;
        const ulong firstSeedWithFindings = 710_000;
        var folder = Path.Combine(parsed.GetValue(Out)!.FullName, profile.Modality.Code);
        var reference = Imaging.Slices.Reference.Load(folder, profile);
        var samples = new ArchiveSamples(reference, Variants);
        IReadOnlyList<ArchiveSample> Of(string source, Func<IEnumerable<ArchiveSample>> measure) =>
            Kept<IReadOnlyList<ArchiveSample>>(parsed, $"{profile.Modality.Code}-{source}", () => [.. measure()]);
        return new(folder, reference, samples, new()
        {
            ["archive"] = Of("archive", () => samples.OfSources(sources, parsed.GetValue(Source)!.FullName)),
            ["phantom"] = Of("phantom", () => samples.OfPhantoms(parsed.GetValue(Phantoms), firstSeed)),
        }, !profile.IsHounsfield ? [] : Of("findings", () => samples.OfPhantoms(
            parsed.GetValue(Phantoms) / 2, firstSeedWithFindings, new() { Calcified = true, AcuteBlood = true })));
    }

    private sealed record Archive(
        string Folder, Imaging.Slices.Reference Reference, ArchiveSamples Samples,
        Dictionary<string, IReadOnlyList<ArchiveSample>> Sources, IReadOnlyList<ArchiveSample> Findings);
}
