using System.Xml.Linq;
using Gateway.Testing;

namespace Gateway.Architecture.Tests;

/// <summary>What others wrote is named: THIRD-PARTY-NOTICES against the pins of the packages that a build carries.</summary>
public class NoticesTests
{
    private static readonly string Notices = File.ReadAllText(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES"));

    [Fact]
    public void Every_pinned_package_that_ships_is_named_with_its_version()
    {
        var shipping = Shipping().ToHashSet();
        var pins = Load("Directory.Packages.props").Descendants("PackageVersion")
            .Select(pin => (Name: pin.Attribute("Include")!.Value, Version: pin.Attribute("Version")!.Value.Trim('[').Split(',')[0]))
            .Where(pin => shipping.Contains(pin.Name)).ToArray();

        Assert.NotEmpty(pins);
        Assert.All(pins, pin => Assert.True(
            Notices.Contains($"| {pin.Name} | {pin.Version} |", StringComparison.Ordinal) || OffByDefault(pin.Name),
            $"{pin.Name} {pin.Version} is not in THIRD-PARTY-NOTICES: run eng/notices."));
    }

    [Fact]
    public void Every_source_of_the_shipped_models_has_its_licence()
    {
        var card = File.ReadAllLines(Path.Combine(Repository.Root, "models", "CARD.md"));
        var sources = card.SkipWhile(line => line != "| data | use | licence |").TakeWhile(line => line.StartsWith('|')).ToArray();

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.Contains(source, Notices, StringComparison.Ordinal));
    }

    [Fact]
    public void The_licence_is_the_one_that_the_packages_name() =>
        Assert.Contains("Apache License", File.ReadAllText(Path.Combine(Repository.Root, "LICENSE")), StringComparison.Ordinal);

    private static bool OffByDefault(string name) =>
        Notices[Notices.IndexOf("Off by default", StringComparison.Ordinal)..].Contains($"| {name} | ", StringComparison.Ordinal);

    // Private assets are tools of the build.
    private static IEnumerable<string> Shipping() =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Append("Directory.Build.targets")
        from reference in Load(file).Descendants("PackageReference")
        where reference.Attribute("PrivateAssets")?.Value != "all"
        select reference.Attribute("Include")!.Value;

    private static XDocument Load(string path) => XDocument.Load(Path.Combine(Repository.Root, path));
}
