using System.Text.Json;
using System.Xml.Linq;
using Gateway.Testing;

namespace Gateway.Architecture.Tests;

/// <summary>A package that is pinned is a package that is used.</summary>
public class PackageTests
{
    private const string Transitive = "Transitive";

    [Fact]
    public void Every_pinned_package_is_referenced_by_a_project() => Assert.Empty(Pinned(transitive: false).Except(Referenced()));

    [Fact]
    public void Every_transitive_pin_holds_a_package_that_a_restore_brings() => Assert.Empty(Pinned(transitive: true).Except(Restored()));

    private static IEnumerable<string> Pinned(bool transitive) => XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
        .Descendants("ItemGroup").Where(
            group => group.Attribute("Label")!.Value.StartsWith(Transitive, StringComparison.Ordinal) == transitive)
        .Descendants("PackageVersion").Select(Identity);

    private static IEnumerable<string> Referenced() => Files("*.csproj").Concat(Directory.GetFiles(Repository.Root, "Directory.Build.*"))
        .SelectMany(file => XDocument.Load(file).Descendants("PackageReference")).Select(Identity);

    private static IEnumerable<string> Restored() => Files("project.assets.json").SelectMany(file =>
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(file));
        return assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0]).ToArray();
    });

    private static IEnumerable<string> Files(string pattern) => ((string[])["src", "tests", "bench"])
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories));

    private static string Identity(XElement package) => package.Attribute("Include")!.Value;
}
