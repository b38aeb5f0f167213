using Gateway.Contracts.Reasons;
using Microsoft.Playwright;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    private const string Hostile = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">'\"&";

    [Fact]
    public async Task An_operator_sees_the_pictures_the_reasons_and_what_the_destinations_said()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await Sample.TranslatedAsync(host.Objects, HeadPictures.Create());
        study.Series[1].Reasons.Add(ReasonCode.HeadOutline.Because("The head fits the reference poorly."));
        study.Series[0].SetAside.Add(ReasonCode.SetAside.Because("24 images (echo time 15 ms): not T2 weighted."));
        await host.AddAsync(
            study, Sample.ImagingStudy(study),
            Sample.Delivery(study.Series[1].Instances[0], DeliveryState.Delivered),
            Sample.Delivery(study.Series[1].Instances[1], DeliveryState.Parked));
        await using var opened = await browser.OpenAsync();
        var page = opened.Page;

        await page.GotoAsync(host.Url);
        await page.Locator("tbody a").ClickAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var captions = await page.Locator("figcaption").AllInnerTextsAsync();
        Assert.Equal(
            ["source", "registered", "masked", "synthetic", "cycle", "on the patient's grid"], captions.Select(c => c.Split(" ·")[0]));
        Assert.Equal(
            ["synthetic", "cycle", "on the patient's grid"],
            captions.Where(c => c.EndsWith(" · SYNTHETIC", StringComparison.Ordinal)).Select(c => c.Split(" ·")[0]));
        Assert.Equal(
            Enumerable.Repeat(256, 6),
            await page.Locator("figure img").EvaluateAllAsync<int[]>("images => images.map(i => i.naturalWidth)"));
        var text = await page.InnerTextAsync("body");
        Assert.Contains("The head fits the reference poorly.", text, StringComparison.Ordinal);
        Assert.Contains("Left out of the translation:", text, StringComparison.Ordinal);
        Assert.Contains("24 images (echo time 15 ms): not T2 weighted.", text, StringComparison.Ordinal);
        Assert.Contains("1 of 2 images accepted, 1 parked", text, StringComparison.Ordinal);
        Assert.Contains("status A700, Out of resources", text, StringComparison.Ordinal);
        Assert.Contains("not for diagnosis", text, StringComparison.Ordinal);
        Assert.Contains("cyclegan-brain 1.2", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_synthetic_images_can_be_downloaded()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await Sample.TranslatedAsync(host.Objects);
        await host.AddAsync(study);
        await using var opened = await browser.OpenAsync();
        var page = opened.Page;
        await page.GotoAsync($"{host.Url}studies/{study.Id}");

        await page.Locator(".derived").GetByText("Download the synthetic images").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(".derived .files a").First.ClickAsync());

        var instance = study.Series[1].Instances[0];
        Assert.Equal($"{instance.SopInstanceUid}.dcm", download.SuggestedFilename);
        Assert.Equal(
            await File.ReadAllBytesAsync(ObjectFile.Of(host.Database.Data, instance.Sha256), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_open_page_shows_a_new_study_by_itself_and_keeps_what_the_reader_opened()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await Sample.TranslatedAsync(host.Objects);
        await host.AddAsync(study);
        await using var first = await browser.OpenAsync();
        await using var second = await browser.OpenAsync();
        var (list, detail) = (first.Page, second.Page);
        await list.GotoAsync(host.Url);
        await detail.GotoAsync($"{host.Url}studies/{study.Id}");
        await detail.Locator(".derived").GetByText("Download the synthetic images").ClickAsync();

        await host.AddAsync(Sample.Study(), Sample.Failure(study, "A new failure."));

        await Assertions.Expect(list.Locator("tbody tr")).ToHaveCountAsync(2, new() { Timeout = 90_000 });
        await Assertions.Expect(detail.Locator(".timeline")).ToContainTextAsync("A new failure.", new() { Timeout = 90_000 });
        await Assertions.Expect(detail.Locator(".derived details").Last).ToHaveAttributeAsync("open", "");
    }

    [Fact]
    public async Task What_peers_sent_is_shown_as_text_and_never_runs()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await HostileStudyAsync(host);
        var learning = await LearningSample.FillAsync(host, Hostile);
        await using var opened = await browser.OpenAsync();
        var page = opened.Page;

        foreach (var path in (string[])[
            "", $"studies/{study.Id}", "refusals", "failures", "associations", $"?studyInstanceUid={Uri.EscapeDataString(Hostile)}",
            .. learning.Paths])
        {
            await page.GotoAsync(host.Url + path);
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

            Assert.EndsWith("– Gateway", await page.TitleAsync(), StringComparison.Ordinal);
            Assert.Equal(0, await page.Locator("main script, main img[src=x]").CountAsync());
        }
    }

    [Fact]
    public async Task Without_script_the_page_shows_the_same()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await Sample.TranslatedAsync(host.Objects, HeadPictures.Create());
        await host.AddAsync(study);
        await using var opened = await browser.OpenAsync(script: false);
        var page = opened.Page;

        await page.GotoAsync($"{host.Url}studies/{study.StudyInstanceUid}");

        Assert.Equal(6, await page.Locator("figure img").CountAsync());
        Assert.Contains("2026-11-22 12:00:09 UTC", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    private static async Task<Study> HostileStudyAsync(PortalHost host)
    {
        var study = await Sample.TranslatedAsync(host.Objects);
        (study.PatientId, study.AccessionNumber, study.CompletionRule) = (Hostile, Hostile, Hostile);
        foreach (var series in study.Series)
        {
            (series.SeriesDescription, series.Modality, series.ModelName, series.ModelDigest) = (Hostile, Hostile, Hostile, Hostile);
            series.Reasons.Add(Reason.OfError(Hostile, Hostile));
            series.SetAside.Add(Reason.OfError(Hostile, Hostile));
            series.Measures[Hostile] = 1;
        }
        var instance = Sample.Instance(study.Series[1], new string('d', 64), uid: Hostile);
        await host.AddAsync(
            study, Sample.Refusal(Hostile, Hostile), Sample.Failure(study, Hostile), Sample.Association(Hostile),
            new Delivery
            {
                Id = Sample.NewId(),
                InstanceId = instance.Id,
                Destination = Hostile,
                WaitingSince = Sample.Noon,
                State = DeliveryState.Parked,
                Error = Hostile,
                SentAt = Sample.Noon,
            });
        return study;
    }
}
