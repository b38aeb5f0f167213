using System.Text.RegularExpressions;

namespace Gateway.Architecture.Tests;

/// <summary>Whoever reads a public member of the network's library learns from its docstring which part of the standard to open.</summary>
public sealed partial class StandardTests
{
    public static TheoryData<string> Projects => ["DicomNetwork"];

    [Theory, MemberData(nameof(Projects))]
    public void Every_public_member_names_its_part_of_the_standard(string project)
    {
        var root = Repository();
        var files = Directory.GetFiles(Path.Combine(root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(root, file).Split('/').Contains("obj"));

        Assert.Empty(files.SelectMany(Unnamed));
    }

    private static IEnumerable<string> Unnamed(string file)
    {
        var lines = File.ReadAllLines(file);
        if (!lines.Any(line => line.StartsWith("public ", StringComparison.Ordinal)))
            yield break;

        // Enumerations and interfaces have members that do not say that they are public.
        var implied = lines.Any(line => PublicEnumOrInterface().IsMatch(line));
        for (var i = 0; i < lines.Length; i++)
        {
            var isMember = Public().IsMatch(lines[i]) || (implied && ImpliedMember().IsMatch(lines[i]));
            if (isMember && !Names().IsMatch(DocstringAbove(lines, i)))
                yield return $"{Path.GetFileName(file)}, line {i + 1}: {lines[i].Trim()}";
        }
    }

    private static string DocstringAbove(string[] lines, int member)
    {
        var first = member;
        while (first > 0 && lines[first - 1].TrimStart() is var line && (line.StartsWith("///", StringComparison.Ordinal) || line.StartsWith('[')))
            first--;
        return string.Join(' ', lines[first..member]);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("No Gateway.sln above the tests.");
        return folder.FullName;
    }

    [GeneratedRegex(@"^( {4})?public (?!override )")]
    private static partial Regex Public();

    [GeneratedRegex("^public (enum|interface) ")]
    private static partial Regex PublicEnumOrInterface();

    [GeneratedRegex(@"^    (\w+( = \w+)?,|ValueTask.*;)$")]
    private static partial Regex ImpliedMember();

    [GeneratedRegex(@"PS3\.\d+|<inheritdoc|<content>")]
    private static partial Regex Names();
}
