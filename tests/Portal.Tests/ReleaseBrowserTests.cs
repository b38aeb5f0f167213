using Gateway.Contracts.Reasons;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Gateway.Persistence;

namespace Gateway.Portal.Tests;

public class ReleaseBrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task An_operator_looks_at_a_held_series_and_releases_it_with_and_without_script(bool script)
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.Study();
        var held = Sample.Series(study, SeriesState.Held);
        held.Reasons.Add(ReasonCode.HeadCutOff.Because("The picture's border cuts the head off. 1.31 times the archive's limit."));
        held.Measures["gateScore"] = 1.31;
        held.Pictures.Add(
            new()
            {
                Id = Sample.NewId(),
                SeriesId = held.Id,
                Kind = "checkerboard",
                Sha256 = await host.Objects.PutAsync(HeadPictures.Create()["source"], TestContext.Current.CancellationToken),
            });
        await host.AddAsync(study);
        await using var opened = await browser.OpenAsync(script);
        var page = opened.Page;

        await page.GotoAsync($"{host.Url}studies/{study.Id}");
        Assert.Equal(["registered and reference"], await page.Locator("figcaption").AllInnerTextsAsync());
        Assert.Contains("1.31 times the archive's limit", await page.InnerTextAsync(".reasons"), StringComparison.Ordinal);
        Assert.Contains("1.31", await page.InnerTextAsync("dl.row"), StringComparison.Ordinal);
        await page.FillAsync("[name=by]", "Dr. Who");
        await page.FillAsync("[name=why]", "The cut lies <b>outside</b> the brain.");
        await page.ClickAsync(".release button");

        await Assertions.Expect(page.Locator(".series .chip.queued")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        Assert.Equal($"{host.Url}studies/{study.Id}", page.Url);
        Assert.Equal(0, await page.Locator(".release").CountAsync());
        Assert.Contains("The cut lies <b>outside</b> the brain.", await page.InnerTextAsync(".timeline"), StringComparison.Ordinal);
        await using var db = host.Database.Open();
        Assert.Equal("Dr. Who", (await db.Releases.SingleAsync(TestContext.Current.CancellationToken)).By);
    }
}
