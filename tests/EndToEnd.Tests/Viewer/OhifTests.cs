using Microsoft.Playwright;

using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests.Viewer;

/// <summary>OHIF in Chromium without a window, on a study that went the whole way: from our own DICOMweb, and from that of the archive it
/// was delivered to. Run by <c>eng/viewer-check</c>, which fetches OHIF; pictures of the screen are kept in
/// <c>GATEWAY_SCREENSHOTS</c>.</summary>
public sealed class OhifTests : IDisposable
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("GATEWAY_VIEWER");
    private static readonly string? Given = Environment.GetEnvironmentVariable("GATEWAY_STUDY");

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)]
    public async Task Ohif_shows_the_marked_synthetic_series_beside_its_source_at_the_same_place_and_cuts_it_in_three_planes()
    {
        Assert.True(Folder is not null, "GATEWAY_VIEWER names the folder that eng/viewer made.");
        var pacs = await OrthancServer.GetAsync();
        await using var gateway = await GatewayProcess.StartAsync(_folder.Combine("data"), Settings(pacs));
        var (study, source) = await StudyAsync();
        (await gateway.StorescuAsync(source)).Succeeded();
        (await Tool.RunAsync("storescu", ["-aec", pacs.AeTitle, "+sd", pacs.Host, $"{pacs.DicomPort}", source])).Succeeded();
        await gateway.FinishedAsync(study, "delivered");
        await using var theirs = await ViewerHost.StartAsync(Folder, pacs);

        await LookAsync("gateway", gateway.Http.BaseAddress!, study);
        await LookAsync("orthanc", theirs.Address, study);
    }

    private static async Task LookAsync(string name, Uri root, string study)
    {
        await using var viewer = await OhifPage.OpenAsync(root, name);
        await viewer.ListAsync();
        await viewer.StudyAsync(study);
        await viewer.BesideAsync();

        var (here, there) = await viewer.PlacesAsync();
        Assert.Equal(here, there);
        Assert.Contains("L:\n40", await viewer.WindowAsync(), StringComparison.Ordinal);
        await viewer.MarkedAsync();
        await viewer.PlanesAsync();

        Assert.Empty(viewer.Problems);
        string[] ours = [root.ToString(), "blob:", "data:"];
        Assert.All(viewer.Asked, url => Assert.Contains(ours, start => url.StartsWith(start, StringComparison.Ordinal)));
    }

    private static Dictionary<string, string> Settings(OrthancServer pacs) => new()
    {
        ["Portal__Viewer"] = Folder!,
        ["Translation__Slices"] = "All",
        ["Translation__Mark"] = "Overlay",
        ["Delivery__Destinations__0__Name"] = "pacs",
        ["Delivery__Destinations__0__Host"] = pacs.Host,
        ["Delivery__Destinations__0__Port"] = $"{pacs.DicomPort}",
        ["Delivery__Destinations__0__CalledAe"] = pacs.AeTitle,
    };

    /// <summary>The T2 study of <c>GATEWAY_STUDY</c>, or a phantom's.</summary>
    private async Task<(string Uid, string Folder)> StudyAsync()
    {
        var folder = _folder.Combine("study");
        if (Given is not { Length: > 0 })
            return (Scanner.Write(folder, PhantomKind.T2, seed: 4), folder);
        Directory.CreateDirectory(folder);
        foreach (var path in Directory.GetFiles(Given, "*.dcm"))
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        // Orthanc finds no study whose Patient ID has a colon, and OHIF asks for the patient's others.
        await Scanner.RenameAsync(folder, "4711", "DOE^JOHN");
        return (DicomFile.Open(Directory.GetFiles(folder)[0]).Dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID), folder);
    }
}
