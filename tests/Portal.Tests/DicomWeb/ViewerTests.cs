using System.Net;

using Microsoft.Playwright;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

/// <summary>A viewer that a site brings: here a page that asks what the portal's settings say.</summary>
public sealed class ViewerTests(Browser browser, EmptyPortal empty) : IClassFixture<Browser>, IClassFixture<EmptyPortal>, IDisposable
{
    private const string Page = """
        <!doctype html><title>Viewer</title><link rel="icon" href="data:,"><body></body><script>window.PUBLIC_URL = '/viewer/'</script>
        <script src="/viewer/app-config.js"></script><script src="/viewer/app.js"></script>
        """;

    private const string Script = """
        const source = window.config.dataSources[0].configuration;
        const uid = new URLSearchParams(location.search).get('StudyInstanceUIDs');
        fetch(`${source.qidoRoot}/studies?StudyInstanceUID=${uid}`, { headers: { Accept: 'application/dicom+json' } })
          .then(answer => answer.json())
          .then(studies => { document.body.textContent = 'patient ' + studies[0]['00100020'].Value[0]; });
        """;

    private readonly TemporaryDirectory _folder = new();

    [Fact]
    public async Task A_study_is_opened_in_the_viewer_from_its_page()
    {
        await WriteAsync();
        await using var host = await PortalHost.StartAsync(DatabaseProvider.Sqlite, "--Portal:Viewer", _folder.Path);
        var study = WebSample.Study(new("4711", "", "DOE^JOHN", "", ""));
        await WebSample.AddPairAsync(host, study);
        await host.AddAsync(study);
        await using var opened = await browser.OpenAsync();

        await opened.Page.GotoAsync($"{host.Url}studies/{study.Id}");
        await opened.Page.GetByText("Open in viewer").ClickAsync();

        await Assertions.Expect(opened.Page.GetByText("patient 4711")).ToBeVisibleAsync();
        Assert.Equal($"{host.Url}viewer/viewer?StudyInstanceUIDs={study.StudyInstanceUid}", opened.Page.Url);
    }

    [Fact]
    public async Task The_portals_own_pages_keep_their_policy_and_the_viewer_reaches_nobody_else()
    {
        await WriteAsync();
        await using var host = await PortalHost.StartAsync(DatabaseProvider.Sqlite, "--Portal:Viewer", _folder.Path);

        var page = await host.Client.GetAsync(new Uri("viewer/", UriKind.Relative), TestContext.Current.CancellationToken);
        var own = await host.Client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Equal(Page, await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", own.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("viewer/../appsettings.json")]
    [InlineData("viewer/%2e%2e/appsettings.json")]
    [InlineData("viewer/missing.js")]
    public async Task Nothing_beside_the_folder_is_served(string path)
    {
        await WriteAsync();
        await using var host = await PortalHost.StartAsync(DatabaseProvider.Sqlite, "--Portal:Viewer", _folder.Path);

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await host.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Without_a_viewer_there_is_no_link_and_no_address()
    {
        var study = Sample.Study();
        await empty.Host.AddAsync(study);

        var page = await empty.Host.Client.GetStringAsync(
            new Uri($"studies/{study.Id}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("Open in viewer", page, StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await empty.Host.Client.GetAsync(new Uri("viewer/", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_folder_that_is_no_viewer_stops_the_start() =>
        Assert.Contains(
            "Portal:Viewer",
            (await Assert.ThrowsAnyAsync<Exception>(() => PortalHost.StartAsync(DatabaseProvider.Sqlite, "--Portal:Viewer", _folder.Path)))
                .Message,
            StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private async Task WriteAsync()
    {
        foreach (var (name, text) in new[] { ("index.html", Page), ("app.js", Script), ("app-config.js", "window.config = 'not ours'") })
            await File.WriteAllTextAsync(Path.Combine(_folder.Path, name), text, TestContext.Current.CancellationToken);
    }
}
