using Gateway.Imaging.References;
using System.CommandLine;

namespace Gateway.Cli;

/// <summary><c>gateway references build</c>: both mean brains out of the subjects their recipes name.</summary>
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
        Description = "Receives t2/ and ct/.",
        DefaultValueFactory = _ => new DirectoryInfo("models/references"),
    };

    public static Command Create() => new("references", "The mean brains that slices are chosen by and registered to.")
    {
        Verb.Create("build", "Register and average the recipes' subjects.", [Source, Recipes, Out], Build),
    };

    private static Task<int> Build(ParseResult parsed, CancellationToken cancel)
    {
        var recipes = ReferenceRecipe.Load(parsed.GetValue(Recipes)!.FullName);
        foreach (var reference in ReferenceSet.Build(recipes, parsed.GetValue(Source)!.FullName))
        {
            var folder = Path.Combine(parsed.GetValue(Out)!.FullName, reference.Modality == Imaging.Modality.Ct ? "ct" : "t2");
            reference.Save(folder);
            Console.WriteLine($"{folder}: {reference.Parameters.Slices} slices, digest {reference.Parameters.Digest}");
        }
        return Task.FromResult(ExitCode.Done);
    }
}
