using System.Net;
using System.Net.Http.Json;

using Gateway.Persistence;

namespace Gateway.Portal.Tests;

/// <summary>A page of anywhere whose name is made to lead here (DNS rebinding) reads nothing and releases nothing.</summary>
public sealed class HostFilterTests(EmptyPortal portal) : IClassFixture<EmptyPortal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/associations")]
    [InlineData("/api/studies")]
    [InlineData("/api/pictures/4a1f6bb0-0000-0000-0000-000000000000")]
    [InlineData("/fhir/ImagingStudy?identifier=1")]
    [InlineData("/portal.js")]
    public async Task Nothing_is_answered_under_a_foreign_name(string path)
    {
        using var answer = await GetAsync(portal.Host, path, "evil.example:8080");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Auth:AllowedHosts", body, StringComparison.Ordinal);
        Assert.Equal(path.StartsWith("/fhir", StringComparison.Ordinal), body.Contains("OperationOutcome", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("localhost:8080")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:8080")]
    public async Task This_machine_is_called_by_the_names_of_loopback(string host)
    {
        using var answer = await GetAsync(portal.Host, "/api/studies", host);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("localhost.evil.example")]
    [InlineData("evil.example.")]
    public async Task No_other_name_passes_for_them(string host)
    {
        using var answer = await GetAsync(portal.Host, "/api/studies", host);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_name_that_is_set_is_one_of_ours()
    {
        await using var host = await PortalHost.StartAsync(settings: ["--Auth:AllowedHosts:0", "pacs.example"]);

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/api/studies", "pacs.example:8443")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(host, "/api/studies", "evil.example")).StatusCode);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest, "--Auth:AllowedHosts:0", "pacs.example")]
    public async Task Beyond_loopback_every_name_does_until_some_are_set(string name, HttpStatusCode status, params string[] settings)
    {
        await using var host = await PortalHost.StartAsync(settings: ["--urls", "http://0.0.0.0:0", "--Auth:Mode", "Proxy", .. settings]);

        Assert.Equal(status, (await GetAsync(host, "/api/studies", name)).StatusCode);
    }

    [Theory]
    [InlineData("evil.example:8080", "http://evil.example:8080", HttpStatusCode.BadRequest)]
    [InlineData("localhost:8080", "http://evil.example:8080", HttpStatusCode.Forbidden)]
    [InlineData("localhost:8080", "http://localhost:8080", HttpStatusCode.Accepted)]
    public async Task A_page_whose_browser_takes_it_for_ours_releases_nothing_under_a_foreign_name(
        string name, string origin, HttpStatusCode status)
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.Study();
        var held = Sample.Series(study, SeriesState.Held);
        await host.AddAsync(study);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/series/{held.Id}/release")
        {
            Content = JsonContent.Create(
            new { by = "Dr. Who", why = "Looks well." })
        };
        request.Headers.Host = name;
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var answer = await host.Client.SendAsync(request, Cancel);

        Assert.Equal(status, answer.StatusCode);
        await using var db = host.Database.Open();
        Assert.Equal(status == HttpStatusCode.Accepted, db.Releases.Any());
    }

    private static async Task<HttpResponseMessage> GetAsync(PortalHost host, string path, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = name;
        return await host.Client.SendAsync(request, Cancel);
    }
}
