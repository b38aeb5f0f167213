using System.Collections.Concurrent;

using Microsoft.Playwright;

namespace Gateway.Portal.Tests;

/// <summary>A page and what was wrong on it: errors in its console, a broken content policy among them, and requests to other
/// machines.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _problems = [];

    public BrowserPage(IPage page, bool missing)
    {
        Page = page;
        page.SetDefaultTimeout(90_000);    // for a busy machine
        page.Console += (_, message) => Note(
            message.Type == "error" && !(missing && message.Text.Contains("404", StringComparison.Ordinal)), message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.Request += (_, request) => Note(!request.Url.StartsWith("http://127.0.0.1:", StringComparison.Ordinal), request.Url);
    }

    public IPage Page { get; }

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        Assert.Empty(_problems);
    }

    private void Note(bool wrong, string text)
    {
        if (wrong)
            _problems.Enqueue(text);
    }
}
