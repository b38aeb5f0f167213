using System.Text.RegularExpressions;
using Gateway.Testing;

namespace Gateway.Architecture.Tests;

/// <summary>What a translation runs and what its references, limits and training sets are made by: a folder is a namespace, and folders
/// know each other one way.</summary>
public sealed partial class FolderTests
{
    /// <summary>A folder may use those before it. docs/architecture.md shows the same order.</summary>
    private static readonly string[] Imaging = [
        "Grids", "Volumes", "Stacks", "Files", "Pictures", "Modalities", "Registration", "Slices", "Gates"];

    private static readonly string[] Workshop =
        ["Phantom", "Pathology", "LabelHeads", "Sources", "References", "Limits", "TrainingSets", "Scores", "Evaluation"];

    [Theory, InlineData("Imaging"), InlineData("Workshop")]
    public void A_namespace_is_the_folder_it_lies_in(string project) => Assert.Empty(
        from source in Sources(project)
        let told = Namespace().Match(source.Text).Groups[1].Value
        where told != $"Gateway.{project}.{source.Folder}"
        select $"{source.Path}: {told}");

    [Theory, InlineData("Imaging"), InlineData("Workshop")]
    public void A_folder_uses_only_those_before_it(string project)
    {
        var order = project == "Imaging" ? Imaging : Workshop;

        Assert.Empty(
            from source in Sources(project)
            from Match used in Named(project).Matches(source.Text)
            where used.Groups[1].Value != source.Folder && Array.IndexOf(order, used.Groups[1].Value) >= Array.IndexOf(order, source.Folder)
            select $"{source.Path}: {used.Value}");
    }

    [Theory, InlineData("Imaging"), InlineData("Workshop")]
    public void The_order_of_the_folders_is_drawn(string project)
    {
        var order = project == "Imaging" ? Imaging : Workshop;

        Assert.Equal(
            order.Order(StringComparer.Ordinal), Sources(project).Select(source => source.Folder).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(
            $"{project}: {string.Join(" <- ", order)}\n",
            File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md")), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Path, string Folder, string Text)> Sources(string project)
    {
        var root = Path.Combine(Repository.Root, "src", project);
        return from file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
               let folder = Path.GetDirectoryName(Path.GetRelativePath(root, file))!.Replace('/', '.')
               where folder.Split('.')[0] is not ("obj" or "bin")
               select (Path.GetRelativePath(Repository.Root, file), folder, File.ReadAllText(file));
    }

    /// <summary>In a using, or in the middle of a line.</summary>
    private static Regex Named(string project) => new($@"(?<!namespace )\bGateway\.{project}\.(\w+)");

    [GeneratedRegex("^namespace ([^;]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
