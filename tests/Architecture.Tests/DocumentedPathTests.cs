using System.Text.RegularExpressions;
using Gateway.Testing;

namespace Gateway.Architecture.Tests;

/// <summary>What a page names is there: paths in backticks, targets of links, pages of decisions, and pages that code cites.</summary>
public sealed partial class DocumentedPathTests
{
    private static readonly string[] Folders = ["src", "tests", "docs", "eng", "bench", "models", "k8s"];

    public static TheoryData<string> Pages =>
    [
        "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md",
        .. Directory.EnumerateFiles(At("docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [Theory, MemberData(nameof(Pages))]
    public void Every_path_that_a_page_names_exists(string page) =>
        Assert.Empty(
            from Match quoted in Quoted().Matches(Read(page))
            let path = quoted.Groups[1].Value
            where Folders.Contains(path.Split('/')[0]) && !path.Contains("/bin/", StringComparison.Ordinal) && !Exists(At(path))
            select path);

    [Theory, MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_somewhere(string page) =>
        Assert.Empty(
            from Match link in Link().Matches(Read(page))
            let target = link.Groups[1].Value
            where target.Length > 0 && !target.Contains(':') && !Exists(Path.Combine(Path.GetDirectoryName(At(page))!, target))
            select target);

    [Fact]
    public void Every_decision_is_in_the_index() =>
        Assert.Equal(
            Directory.EnumerateFiles(At("docs/decisions"), "0*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
            Link().Matches(Read("docs/decisions/README.md")).Select(match => match.Groups[1].Value)
                .Where(target => target.StartsWith('0')));

    [Fact]
    public void Comments_cite_pages_that_are_there() =>
        Assert.Empty(
            from folder in (string[])["src", "tests", "bench"]
            from file in Directory.EnumerateFiles(At(folder), "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(Repository.Root, file)
            where !path.Split('/').Any(part => part is "bin" or "obj")
            from Match cited in CitedPage().Matches(File.ReadAllText(file))
            let page = cited.Groups[1].Value
            where !((string[])["", "docs", "bench", "models"]).Any(home => Exists(Path.Combine(At(home), page)))
            select $"{path}: {page}");

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static string Read(string page) => File.ReadAllText(At(page));

    private static string At(string path) => Path.Combine(Repository.Root, path);

    [GeneratedRegex(@"`([\w.-]+(?:/[\w.-]+)+)/?`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\(([^)#\s]*)")]
    private static partial Regex Link();

    [GeneratedRegex(@"//[^\n]*?\b([\w/.-]*\w\.md)\b")]
    private static partial Regex CitedPage();
}
