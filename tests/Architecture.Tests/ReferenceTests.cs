using System.Xml.Linq;
using Gateway.Testing;

namespace Gateway.Architecture.Tests;

/// <summary>Who may know whom, read from the project files.</summary>
public class ReferenceTests
{
    private static readonly string[] Service =
        ["Contracts", "Persistence", "Hosting", "Dicom", "DicomCodecs", "DicomNetwork", "Imaging"];

    private static readonly string[] Services = ["DicomListener", "TranslationWorker", "TrainingWorker", "Portal"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Dicom"] = [],
        ["DicomNetwork"] = ["Dicom"],
        ["DicomCodecs"] = ["Dicom"],
        ["Imaging"] = ["Contracts", "Dicom"],
        ["Workshop"] = ["Contracts", "Dicom", "Imaging"],
        ["Persistence"] = ["Contracts"],
        ["Hosting"] = ["Contracts", "Persistence"],
        ["DicomListener"] = Service,
        ["TranslationWorker"] = Service,
        ["TrainingWorker"] = ["Contracts", "Persistence", "Hosting", "Dicom", "Imaging", "Workshop"],
        ["Portal"] = ["Contracts", "Persistence", "Hosting", "Dicom", "DicomCodecs"],
        ["Gateway"] = [.. Service, .. Services, "Workshop"],
    };

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!)];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_lies_below_it(string project)
    {
        Assert.True(
            Allowed.TryGetValue(project, out var allowed),
            $"src/{project} has no place in the house: give it one in this test and in docs/architecture.md.");

        Assert.Empty(References(project).Except(allowed));
    }

    [Theory, InlineData("Contracts"), InlineData("Dicom")]
    public void The_ground_floor_needs_no_package(string project) => Assert.Empty(Items(project, "PackageReference"));

    [Fact]
    public void The_command_composes_every_service() => Assert.Empty(Services.Except(References("Gateway")));

    private static IEnumerable<string> References(string project)
    {
        var named = Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)!);
        return Load(project).Descendants("UsesDicom").Any(uses => uses.Value == "true") ? named.Append("Dicom") : named;
    }

    private static IEnumerable<string> Items(string project, string kind) =>
        Load(project).Descendants(kind).Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"));
}
