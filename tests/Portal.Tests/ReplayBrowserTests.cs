using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Gateway.Persistence;

namespace Gateway.Portal.Tests;

public class ReplayBrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Theory, InlineData(true, "failures"), InlineData(false, "studies/{0}")]
    public async Task An_operator_replays_what_failed_from_either_page(bool script, string address)
    {
        await using var host = await PortalHost.StartAsync();
        var (study, failure) = await ReplayApiTests.FailedAsync(host);
        await using var opened = await browser.OpenAsync(script);
        var page = opened.Page;

        await page.GotoAsync(host.Url + string.Format(null, address, study.Id));
        if (address == "failures")
            await page.ClickAsync("summary");
        await page.FillAsync("[name=by]", "Dr. Who");
        await page.FillAsync("[name=why]", "The model is <b>there</b> now.");
        await page.ClickAsync(".replay button");
        await Assertions.Expect(page.Locator(".replay")).ToHaveCountAsync(0, new() { Timeout = 90_000 });

        await page.GotoAsync($"{host.Url}studies/{study.Id}");
        Assert.Contains("The model is <b>there</b> now.", await page.InnerTextAsync(".timeline"), StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator(".series .chip.queued").CountAsync());
        await using var db = host.Database.Open();
        Assert.Equal(
            (failure.Id, "Dr. Who"),
            await db.Replays.Select(r => ValueTuple.Create(r.FailureId, r.By)).SingleAsync(TestContext.Current.CancellationToken));
    }
}
