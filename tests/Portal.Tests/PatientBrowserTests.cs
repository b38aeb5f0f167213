using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Gateway.Portal.Tests;

public class PatientBrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task An_operator_sees_the_conflict_and_says_whose_study_it_is_with_and_without_script(bool script)
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.InConflict();
        await host.AddAsync(study);
        await using var opened = await browser.OpenAsync(script);
        var page = opened.Page;

        await page.GotoAsync(host.Url);
        Assert.Equal("PATIENT CONFLICT", await page.InnerTextAsync("td .conflict"));
        await page.GotoAsync($"{host.Url}studies/{study.Id}");
        Assert.Contains("in conflict", await page.InnerTextAsync("aside dl"), StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator("form.release").CountAsync());
        await page.GetByText("4712 (WARD7)", new() { Exact = true }).First.ClickAsync();
        await page.FillAsync("[name=by]", "Dr. Who");
        await page.FillAsync("[name=why]", "The worklist had the wrong row.");
        await page.ClickAsync(".patients button");

        await Assertions.Expect(page.Locator(".patients h2")).ToHaveTextAsync("Patient chosen", new() { Timeout = 90_000 });
        Assert.Contains("4712", await page.InnerTextAsync("aside dl"), StringComparison.Ordinal);
        Assert.Contains("ruled out", await page.InnerTextAsync(".patients"), StringComparison.Ordinal);
        await using var db = host.Database.Open();
        Assert.Equal("Dr. Who", (await db.PatientChoices.SingleAsync(TestContext.Current.CancellationToken)).By);
    }
}
