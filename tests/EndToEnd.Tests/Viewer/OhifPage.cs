using System.Collections.Concurrent;

using Microsoft.Playwright;

namespace Gateway.EndToEnd.Tests.Viewer;

/// <summary>A window of OHIF, used as a radiologist uses it.</summary>
internal sealed class OhifPage : IAsyncDisposable
{
    private static readonly string Screenshots = Environment.GetEnvironmentVariable("GATEWAY_SCREENSHOTS") ?? Path.GetTempPath();

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;
    private readonly Uri _root;
    private readonly string _name;

    private OhifPage(IPlaywright playwright, IBrowser browser, IPage page, Uri root, string name) =>
        (_playwright, _browser, _page, _root, _name) = (playwright, browser, page, root, name);

    /// <summary>Addresses that were asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Answers of 400 and above, and errors of the script.</summary>
    public ConcurrentQueue<string> Problems { get; } = [];

    private ILocator Panes => _page.Locator("[data-cy=\"viewport-pane\"]");
    private ILocator Synthetic => _page.Locator("[data-cy=\"study-browser-thumbnail\"]").Filter(new() { HasText = "SYNTHETIC" });

    public static async Task<OhifPage> OpenAsync(Uri root, string name)
    {
        Assertions.SetDefaultExpectTimeout(60_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Timeout = 120_000,
            Args =
            [
                "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
                "--disable-background-networking", "--disable-component-update", "--no-first-run",
            ],
        });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1600, Height = 900 } });
        page.SetDefaultTimeout(240_000);
        // A tour of the viewer, which comes whenever it likes.
        await page.AddLocatorHandlerAsync(page.GetByText("Skip all"), tour => tour.ClickAsync());
        var ohif = new OhifPage(playwright, browser, page, root, name);
        page.Request += (_, request) => ohif.Asked.Enqueue(request.Url);
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400)
                ohif.Problems.Enqueue($"{answer.Status} {answer.Url}");
        };
        page.PageError += (_, error) => ohif.Problems.Enqueue(error);
        return ohif;
    }

    /// <summary>The list of studies.</summary>
    public async Task ListAsync()
    {
        await _page.GotoAsync($"{_root}viewer/");
        await _page.GetByText("CT\\MR").First.WaitForAsync();
        await ShootAsync("1-list");
    }

    /// <summary>A study, with its series at the side.</summary>
    public async Task StudyAsync(string uid)
    {
        await _page.GotoAsync($"{_root}viewer/viewer?StudyInstanceUIDs={uid}");
        await Synthetic.WaitForAsync();
        await _page.Locator("canvas").First.WaitForAsync();
    }

    /// <summary>Two windows, the source on the left and what was made of it on the right, both in the middle of the head.</summary>
    public async Task BesideAsync()
    {
        await _page.Locator("[data-cy=\"Layout\"]").ClickAsync();
        await _page.Locator("[data-cy=\"Layout-1-0\"]").ClickAsync();
        await Assertions.Expect(Panes).ToHaveCountAsync(2);
        await Panes.Nth(1).ClickAsync();
        await Synthetic.DblClickAsync();
        await Panes.Nth(1).GetByText("SYNTHETIC").First.WaitForAsync();
        foreach (var pane in (int[])[0, 1])
        {
            await Panes.Nth(pane).HoverAsync();
            for (var turn = 0; turn < 12; turn++)
                await _page.Mouse.WheelAsync(0, 100);
        }
        await _page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await ShootAsync("2-beside");
    }

    /// <summary>The number of the slice in each window, as the viewer writes it.</summary>
    public async Task<(string Source, string Derived)> PlacesAsync() =>
        (await WrittenAsync(0, "bottom-right"), await WrittenAsync(1, "bottom-right"));

    /// <summary>The window of the synthetic series.</summary>
    public Task<string> WindowAsync() => WrittenAsync(1, "bottom-left");

    /// <summary>The mark is drawn on the picture on the right, and not on the left.</summary>
    public async Task MarkedAsync()
    {
        await Assertions.Expect(Panes.Nth(1).Locator("image[data-id^=\"image-overlay\"]")).ToHaveCountAsync(1);
        await Assertions.Expect(Panes.Nth(0).Locator("image[data-id^=\"image-overlay\"]")).ToHaveCountAsync(0);
    }

    /// <summary>Three planes through the synthetic series.</summary>
    public async Task PlanesAsync()
    {
        await _page.Locator("[data-cy=\"Layout\"]").ClickAsync();
        await _page.Locator("[data-cy=\"MPR\"]").ClickAsync();
        await Assertions.Expect(Panes).ToHaveCountAsync(3);
        foreach (var pane in (int[])[0, 1, 2])
            await Panes.Nth(pane).GetByText("SYNTHETIC").First.WaitForAsync();
        await _page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await ShootAsync("3-planes");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    private Task<string> WrittenAsync(int pane, string corner) =>
        Panes.Nth(pane).Locator($"[data-cy=\"viewport-overlay-{corner}\"]").InnerTextAsync();

    private async Task ShootAsync(string what) =>
        await _page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{_name}-{what}.png") });
}
