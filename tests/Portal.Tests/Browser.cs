using Microsoft.Playwright;

namespace Gateway.Portal.Tests;

/// <summary>The Chromium that is installed here, headless; one for all tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Executable), "The page's tests need chromium: install the package (eng/test does, as root).");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Timeout = 120_000,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        });
    }

    /// <summary>A page of 1280 by 800, or as wide as asked for, in UTC. Closing it fails the test for anything in its console and any
    /// request beyond loopback.</summary>
    /// <param name="script">Whether the page's script runs.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="colors">What the reader's system prefers.</param>
    /// <param name="missing">Whether a page that is not there is among those opened.</param>
    public async Task<BrowserPage> OpenAsync(
        bool script = true, int width = 1280, ColorScheme colors = ColorScheme.Light, bool missing = false) => new(
            await _browser.NewPageAsync(new()
            {
                ViewportSize = new() { Width = width, Height = 800 },
                ColorScheme = colors,
                JavaScriptEnabled = script,
                TimezoneId = "UTC",
            }), missing);

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
