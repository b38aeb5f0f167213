using System.Collections.Concurrent;

using Microsoft.Playwright;

using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.Portal.Tests;

/// <summary>OHIF on our own DICOMweb, in Chromium without a window. Run by <c>eng/viewer-check</c>, which fetches it; pictures of the
/// screen are kept in <c>GATEWAY_SCREENSHOTS</c>.</summary>
public sealed class OhifTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("GATEWAY_VIEWER");
    private static readonly string Screenshots = Environment.GetEnvironmentVariable("GATEWAY_SCREENSHOTS") ?? Path.GetTempPath();

    [Fact(Explicit = true)]
    public async Task Ohif_lists_the_study_and_shows_the_synthetic_series_beside_its_source_at_the_same_place()
    {
        Assert.True(Folder is not null, "GATEWAY_VIEWER names the folder that eng/viewer made.");
        await using var host = await PortalHost.StartAsync(DatabaseProvider.Sqlite, "--Portal:Viewer", Folder);
        var study = WebSample.Study(new("4711", "", "DOE^JOHN", "19700101", "M"));
        await AddPairAsync(host, study);
        await host.AddAsync(study);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1600, Height = 900 } });
        page.SetDefaultTimeout(240_000);
        var (asked, problems) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        page.Request += (_, request) => asked.Enqueue(request.Url);
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400)
                problems.Enqueue($"{answer.Status} {answer.Url}");
        };
        page.PageError += (_, error) => problems.Enqueue(error);

        // A tour of the viewer, which comes whenever it likes.
        await page.AddLocatorHandlerAsync(page.GetByText("Skip all"), tour => tour.ClickAsync());

        await page.GotoAsync($"{host.Url}viewer/");
        await page.GetByText("DOE").First.WaitForAsync();
        await ShootAsync(page, "1-study-list");
        await page.GotoAsync($"{host.Url}studies/{study.Id}");
        await page.GetByText("Open in viewer").ClickAsync();
        var thumbnails = page.Locator("[data-cy=\"study-browser-thumbnail\"]");
        await thumbnails.Filter(new() { HasText = "SYNTHETIC" }).WaitForAsync();
        await page.Locator("canvas").First.WaitForAsync();
        await ShootAsync(page, "2-source");
        await thumbnails.Filter(new() { HasText = "SYNTHETIC" }).DblClickAsync();
        await page.GetByText("SYNTHETIC").Nth(1).WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await ShootAsync(page, "3-synthetic");

        Assert.Empty(problems);
        string[] ours = [host.Url, "blob:", "data:"];
        Assert.All(asked, url => Assert.Contains(ours, start => url.StartsWith(start, StringComparison.Ordinal)));
        Assert.Contains(asked, url => url.Contains("/frames/1", StringComparison.Ordinal));
    }

    private static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = "/usr/bin/chromium",
        Timeout = 120_000,
        Args =
        [
            "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
            "--disable-background-networking", "--disable-component-update", "--no-first-run",
        ],
    });

    private static async Task ShootAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"ohif-{name}.png") });

    /// <summary>A T2 series of the phantom, and on its grid a series such as the translator writes.</summary>
    private static async Task AddPairAsync(PortalHost host, Study study)
    {
        var source = Sample.Series(study, SeriesState.Translated);
        var derived = Sample.Series(study, SeriesState.Delivered, SeriesOrigin.Derived, source);
        var number = 0;
        foreach (var slice in PhantomSeries.Create(new() { Seed = 4, Kind = PhantomKind.T2, Slices = 24 }))
        {
            number++;
            foreach (var series in (Series[])[source, derived])
                await WebSample.AddAsync(host.Objects, series, In(study, series, slice, number), number);
        }
    }

    private static DicomDataset In(Study study, Series series, DicomDataset slice, int number)
    {
        var image = slice.Clone()
            .AddOrUpdate(DicomTag.StudyInstanceUID, study.StudyInstanceUid)
            .AddOrUpdate(DicomTag.SeriesInstanceUID, series.SeriesInstanceUid)
            .AddOrUpdate(DicomTag.PatientID, study.PatientId!).AddOrUpdate(DicomTag.PatientName, "DOE^JOHN")
            .AddOrUpdate(DicomTag.SOPInstanceUID, Sample.NewUid()).AddOrUpdate(DicomTag.InstanceNumber, number)
            .AddOrUpdate(DicomTag.SeriesNumber, series.SeriesNumber!.Value)
            .AddOrUpdate(DicomTag.SeriesDescription, series.SeriesDescription!);
        if (series.Origin == SeriesOrigin.Received)
            return image;
        return image.AddOrUpdate(DicomTag.SOPClassUID, Sample.CtStorage).AddOrUpdate(DicomTag.Modality, "CT")
            .AddOrUpdate(DicomTag.RescaleSlope, 0.05m).AddOrUpdate(DicomTag.RescaleIntercept, 0m).AddOrUpdate(DicomTag.RescaleType, "HU")
            .AddOrUpdate(DicomTag.WindowCenter, 40m).AddOrUpdate(DicomTag.WindowWidth, 80m);
    }
}
