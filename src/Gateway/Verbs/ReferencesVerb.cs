using System.CommandLine;
using System.Text.Json;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Limits;
using Gateway.Workshop.References;
using Gateway.Workshop.Sources;

namespace Gateway.Cli;

/// <summary>
/// <c>gateway references build</c> makes both mean brains from the subjects that their recipes name. <c>gateway references limits</c>
/// learns the limits of the out-of-distribution gate from series like those of the training set.
/// </summary>
internal static class ReferencesVerb
{
    private static readonly Argument<DirectoryInfo> Source = new("source") { Description = "Folder the recipes' paths are relative to." };

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

    public static Command Create() => new("references", "The mean brains that slices are chosen by and registered to.")
    {
        Verb.Create("build", "Register and average the recipes' subjects.", [Source, Recipes, Out], Build),
        Verb.Create("limits", "Learn how far a series may differ from the training set's.", [Source, Sources, Phantoms, Out], Learn),
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

    private static Task<int> Learn(ParseResult parsed, CancellationToken cancel)
    {
        var sources =
            JsonSerializer.Deserialize<TrainingSource[]>(File.ReadAllBytes(parsed.GetValue(Sources)!.FullName), JsonSerializerOptions.Web)!;
        var archives = ShippedModalities.Table.Profiles.Select(profile => Measure(profile, sources, parsed)).ToArray();
        var heads = archives.SelectMany(archive => archive.Sources.Values.SelectMany(samples => samples)).ToArray();
        foreach (var (folder, reference, measured, findings) in archives)
        {
            var limits = LimitsBuilder.Build(reference, measured, heads, findings);
            limits.Save(folder);
            foreach (var part in limits.Parts)
                Console.WriteLine($"{folder}: {part.Name}, {part.Slices} slices of {part.Subjects} subjects, digest {limits.Digest}");
        }
        return Task.FromResult(ExitCode.Done);
    }

    private static (string Folder, Imaging.Slices.Reference Reference, IReadOnlyDictionary<string, IReadOnlyList<ArchiveSample>> Sources,
        ArchiveSample[] Findings) Measure(
        ModalityProfile profile, TrainingSource[] sources, ParseResult parsed)
    {
        const ulong firstSeed = 700_000;
        const ulong firstSeedWithFindings = 710_000;
        var folder = Path.Combine(parsed.GetValue(Out)!.FullName, profile.Modality.Code);
        var reference = Imaging.Slices.Reference.Load(folder, profile);
        var samples = new ArchiveSamples(reference, reference.Window);
        return (folder, reference, new Dictionary<string, IReadOnlyList<ArchiveSample>>
        {
            ["archive"] = [.. samples.OfSources(sources, parsed.GetValue(Source)!.FullName)],
            ["phantom"] = [.. samples.OfPhantoms(parsed.GetValue(Phantoms), firstSeed)],
        }, profile.IsHounsfield
            ? [.. samples.OfPhantoms(parsed.GetValue(Phantoms), firstSeedWithFindings, new() { Calcified = true, AcuteBlood = true })]
            : []);
    }
}
