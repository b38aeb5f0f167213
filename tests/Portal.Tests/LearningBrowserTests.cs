using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Gateway.Persistence;

namespace Gateway.Portal.Tests;

/// <summary>The learning loop under the hands of a person.</summary>
public class LearningBrowserTests(Browser browser) : IClassFixture<Browser>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_person_activates_a_candidate_and_rolls_it_back_with_and_without_script(bool script)
    {
        await using var host = await PortalHost.StartAsync();
        var (champion, candidate) = await ModelActApiTests.TwoAsync(host);
        await using var opened = await browser.OpenAsync(script);
        var page = opened.Page;

        await page.GotoAsync($"{host.Url}models/{candidate}");
        await page.ClickAsync("#act-activate summary");
        await page.FillAsync("#act-activate [name=by]", "Dr. Who");
        await page.FillAsync("#act-activate [name=why]", "The edges are <b>sharper</b>.");
        await page.ClickAsync("#act-activate button");
        await Assertions.Expect(page.Locator("h1 .chip.champion")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        Assert.Contains("The edges are <b>sharper</b>.", await page.InnerTextAsync(".timeline"), StringComparison.Ordinal);

        await page.GotoAsync($"{host.Url}models");
        await page.ClickAsync("#rollback-t2-ct summary");
        await page.FillAsync("#rollback-t2-ct [name=by]", "Dr. Who");
        await page.FillAsync("#rollback-t2-ct [name=why]", "Too sharp.");
        await page.ClickAsync("#rollback-t2-ct button");
        await Assertions.Expect(page.Locator($"#model-{champion[..12]} .chip.champion")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        Assert.Equal($"{host.Url}models", page.Url);
    }

    [Fact]
    public async Task A_job_is_started_and_cancelled_with_the_keyboard_alone()
    {
        await using var host = await PortalHost.StartAsync();
        await using var opened = await browser.OpenAsync();
        var page = opened.Page;

        await page.GotoAsync($"{host.Url}training");
        await TabToAsync(page, "#act-order summary");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Dr. Who");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1 .chip.queued")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        Assert.Contains("/training/", page.Url, StringComparison.Ordinal);

        await TabToAsync(page, "#act-cancel summary");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Dr. Who");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1 .chip.cancelled")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await using var db = host.Database.Open();
        Assert.Equal("Dr. Who", (await db.TrainingJobs.SingleAsync(Cancel)).By);
    }

    [Fact]
    public async Task Curves_and_sheets_grow_on_an_open_page_while_a_person_types()
    {
        await using var host = await PortalHost.StartAsync();
        var all = await LearningSample.FillAsync(host, samples: 2);
        var job = all.Jobs[0];
        await using var opened = await browser.OpenAsync();
        var page = opened.Page;
        await page.GotoAsync($"{host.Url}training/{job.Id}");
        await page.ClickAsync("#act-cancel summary");
        await page.FillAsync("#act-cancel [name=by]", "Dr. Wh");
        await page.EvaluateAsync("document.querySelector('#act-cancel [name=by]').setSelectionRange(2, 4)");
        var curve = page.Locator("#chart-cycle polyline").First;
        var before = await curve.GetAttributeAsync("points");

        await host.AddAsync(
            [.. LearningSample.Points(job, 20, from: 21), new TrainingSheet
            {
                JobId = job.Id,
                Step = 1200,
                At = Sample.Noon,
                Sha256 = all.Models[4].SheetSha256!,
            }]);
        await using (var db = host.Database.Open())
            await db.TrainingJobs.Where(j => j.Id == job.Id).ExecuteUpdateAsync(set => set.SetProperty(j => j.Step, 400), Cancel);

        await Assertions.Expect(page.Locator("#progress")).ToContainTextAsync("400 of 4000", new() { Timeout = 90_000 });
        await Assertions.Expect(page.Locator("#sheets figure img")).ToHaveAttributeAsync("alt", "Held-out slices after step 1200");
        Assert.NotEqual(before, await curve.GetAttributeAsync("points"));
        Assert.Equal(
            "Dr. Wh 2 4", await page.EvaluateAsync<string>(
                "(e => `${e.value} ${e.selectionStart} ${e.selectionEnd}`)(document.activeElement)"));
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
                return;
        }
        Assert.Fail($"{selector} cannot be reached by Tab.");
    }
}
