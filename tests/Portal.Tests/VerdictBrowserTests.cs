using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Gateway.Persistence;

namespace Gateway.Portal.Tests;

public class VerdictBrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_reader_rejects_a_result_and_accepts_it_after_all_with_the_keyboard_alone(bool script)
    {
        await using var host = await PortalHost.StartAsync();
        var study = await Sample.TranslatedAsync(host.Objects, HeadPictures.Create());
        await host.AddAsync(study);
        await using var opened = await browser.OpenAsync(script);
        var page = opened.Page;
        await page.GotoAsync($"{host.Url}studies/{study.Id}");

        await OpenAsync(page);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await page.IsCheckedAsync("[value=rejected]"));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        await SignAsync(page, "The skull <b>is</b> too thin.");

        await Assertions.Expect(page.Locator(".derived .chip.rejected")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        Assert.Contains("The skull <b>is</b> too thin. 113037", await page.InnerTextAsync(".verdicts"), StringComparison.Ordinal);
        Assert.Contains("rejected by Dr. Who", await page.InnerTextAsync(".timeline"), StringComparison.Ordinal);
        Assert.Contains("rejected-by-reader", await page.InnerTextAsync(".received .reasons"), StringComparison.Ordinal);

        Assert.Contains("REJECTED BY A READER", await page.InnerTextAsync(".pictures h2"), StringComparison.Ordinal);

        await OpenAsync(page);
        Assert.Equal(0, await page.Locator("[value=rejected]").CountAsync());
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await SignAsync(page, "It was the monitor.");

        await Assertions.Expect(page.Locator(".received .chip.queued")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await using var db = host.Database.Open();
        Assert.Equal(
            [VerdictKind.Rejected, VerdictKind.Accepted],
            await db.ReaderVerdicts.OrderBy(v => v.At).Select(v => v.Kind).ToListAsync(TestContext.Current.CancellationToken));
    }

    private static async Task OpenAsync(IPage page)
    {
        await page.Locator(".derived summary").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("form.verdict")).ToBeVisibleAsync();
    }

    private static async Task SignAsync(IPage page, string why)
    {
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Dr. Who");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(why);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
    }
}
