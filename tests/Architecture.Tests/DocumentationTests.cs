using System.Text.RegularExpressions;
using Gateway.Contracts.Reasons;
using Gateway.Contracts.Trials;

namespace Gateway.Architecture.Tests;

/// <summary>The tables of docs/ against the sources: what is documented exists, and what exists is documented.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Every_option_is_in_the_configuration_table_and_nothing_else_is()
    {
        var told = KeyRow().Matches(Read("docs/operations.md")).Select(match => match.Groups[1].Value)
            .Where(key => !key.StartsWith("Logging:", StringComparison.Ordinal));

        Assert.Equal(Options().Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("CallerOptions", "## Configuration")]
    [InlineData("Destination", "## Destinations")]
    [InlineData("DeliveryRule", "## Destinations")]
    [InlineData("CStoreDestination", "## Destinations")]
    [InlineData("StowDestination", "## Destinations")]
    [InlineData("TrainingBudget", "## Configuration")]
    [InlineData("DicomClientTlsOptions", "## TLS")]
    public void Every_member_of_an_option_that_is_a_list_or_an_object_is_named(string type, string heading)
    {
        var text = Sources().Select(source => source.Text).Single(text => Regex.IsMatch(text, $@"\bclass {type}\b"));
        var section = Section(Read("docs/operations.md"), heading);

        Assert.All(
            Property().Matches(text), property => Assert.Contains($"`{property.Groups[1].Value}`", section, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_that_completes_a_study_is_listed_and_nothing_else_is()
    {
        var rules = Sources().Select(source => source.Text).Single(text => text.Contains("class CompletionRule", StringComparison.Ordinal));

        var told = ReasonRow().Matches(Section(Read("docs/operations.md"), "## When a study is complete"))
            .Select(match => match.Groups[1].Value);

        Assert.Equal(
            RuleName().Matches(rules).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
            told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_of_reasons_is_shown_as_it_is()
    {
        var table = ReasonCode.All.Select(code => $"| `{code.Name}` | {code.Where} | {code.Meaning} |");

        Assert.Equal(
            table, Section(Read("docs/operations.md"), "## Reasons").Split('\n')
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_gates_of_a_model_are_shown_as_they_are()
    {
        var table = TrialGateKind.All.Select(kind =>
            $"| `{kind.Name}` | {kind.Meaning} | {kind.AbsoluteLimit}{(kind.IsHard ? " !" : "")} | {kind.RelativeLimit} | {kind.RejectedWith} |");

        Assert.Equal(
            table, Section(Read("docs/operations.md"), "## When a model is accepted").Split('\n')
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    /// <summary>A code outside the table is for errors that nobody foresaw, and only where a failed message is parked.</summary>
    [Fact]
    public void Only_the_parking_of_failures_gives_a_code_that_is_not_in_the_table() =>
        Assert.Equal(
            ["Hosting"], Sources().Where(source => source.Text.Contains("Reason.OfError(", StringComparison.Ordinal))
                .Select(source => source.Project));

    [Fact]
    public void Every_message_has_its_row()
    {
        var contracts = Directory.GetFiles(Path.Combine(Root, "src", "Contracts"), "*.cs")
            .Select(file => Path.GetFileNameWithoutExtension(file)!);

        Assert.Equal(contracts.Order(StringComparer.Ordinal), MessageRows().Select(row => row.Message).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_message_is_handled_and_published_by_the_services_its_row_names()
    {
        var rows = MessageRows().ToDictionary(row => row.Message);
        foreach (var (project, text) in Sources())
        {
            foreach (Match handler in Handler().Matches(text))
                Assert.Equal(project, rows[handler.Groups[1].Value].ConsumedBy);
            foreach (Match enqueued in Enqueued().Matches(text))
                Assert.Equal(project, rows[enqueued.Groups[1].Value].PublishedBy);
        }
    }

    [Fact]
    public void Every_source_folder_has_its_row()
    {
        var folders = Directory.GetDirectories(Path.Combine(Root, "src")).Select(folder => "src/" + Path.GetFileName(folder));

        var told = FolderRow().Matches(Read("docs/architecture.md")).Select(match => match.Groups[1].Value);

        Assert.Equal(folders.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Message, string PublishedBy, string ConsumedBy)> MessageRows() =>
        MessageRow().Matches(Read("docs/architecture.md"))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value));

    /// <summary>What is bound from the configuration: the settable properties of each class that AddOptions names.</summary>
    private static IEnumerable<string> Options()
    {
        var classes = Sources().SelectMany(
            source => Class().Matches(source.Text).Select(match => (Name: match.Groups[1].Value, source.Text)))
            .ToLookup(found => found.Name, found => found.Text);
        return from source in Sources()
               from Match bound in Bound().Matches(source.Text)
               let section = SectionName().Match(classes[bound.Groups[2].Value].Single()).Groups[1].Value
               from Match property in Property().Matches(classes[bound.Groups[1].Value].Single())
               select $"{section}:{property.Groups[1].Value}";
    }

    private static string Section(string text, string heading)
    {
        var start = text.IndexOf(heading + "\n", StringComparison.Ordinal);
        var end = text.IndexOf("\n## ", start + heading.Length, StringComparison.Ordinal);
        return text[start..(end < 0 ? text.Length : end)];
    }

    private static IEnumerable<(string Project, string Text)> Sources() =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        let parts = Path.GetRelativePath(Path.Combine(Root, "src"), file).Split('/')
        where parts[1] is not ("obj" or "bin")
        select (parts[0], File.ReadAllText(file));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("No Gateway.sln above the tests.");
        return folder.FullName;
    }

    [GeneratedRegex(@"^\| `([A-Z]\w*:[\w:]+)`", RegexOptions.Multiline)]
    private static partial Regex KeyRow();

    [GeneratedRegex(@"^\| `(\w+)` \|[^|]*\| (\w+) \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex MessageRow();

    [GeneratedRegex(@"^\| `(src/\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex FolderRow();

    [GeneratedRegex(@"AddOptions<(\w+)>\(\)\.BindConfiguration\((\w+)\.Section\)")]
    private static partial Regex Bound();

    [GeneratedRegex(@"\b(?:class|record) (\w+Options)\b")]
    private static partial Regex Class();

    [GeneratedRegex("const string Section = \"([\\w:]+)\"")]
    private static partial Regex SectionName();

    [GeneratedRegex(@"^\| `([a-z][\w-]*)` \|", RegexOptions.Multiline)]
    private static partial Regex ReasonRow();

    [GeneratedRegex("public const string \\w+ = \"([a-z-]+)\"")]
    private static partial Regex RuleName();

    [GeneratedRegex(@"public (?!const|static)[^;=(]+ (\w+) \{ get; (?:(?:init|set); )?\}")]
    private static partial Regex Property();

    [GeneratedRegex(@"AddHandler<(\w+), \w+>\((?!this)")]
    private static partial Regex Handler();

    [GeneratedRegex(@"Enqueue\(new (\w+)\b")]
    private static partial Regex Enqueued();
}
