using System.Net;
using System.Text.Json.Nodes;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

/// <summary>A shadow beside the champion, for people.</summary>
public class ShadowPageTests
{
    [Theory, EachDatabase]
    public async Task Figures_and_pictures_are_shown_the_worst_first_and_nowhere_among_the_studies(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var (digest, study) = await ShadowRows.AddAsync(host);

        var report = JsonNode.Parse(await GetAsync(host, $"api/models/{digest}/shadow"))!.AsObject();
        var html = WebUtility.HtmlDecode(await GetAsync(host, $"models/{digest}/shadow"));

        Assert.Equal(["digest", "direction", "state", "series", "first", "last", "figures", "worst"], report.Select(p => p.Key));
        Assert.Equal((3, "shadow"), ((int)report["series"]!, (string)report["state"]!));
        var worst = report["worst"]!.AsArray();
        Assert.Equal([0.3, 0.2, 0.1], worst.Select(one => (double)one!["measures"]!["cycleError.shadow"]!));
        var sheet = (string)worst[0]!["sheet"]!;
        Assert.Equal(
            "image/png",
            (await host.Client.GetAsync(
                new Uri(sheet, UriKind.Relative), TestContext.Current.CancellationToken)).Content.Headers.ContentType!.MediaType);
        Assert.Contains($"<img src=\"{sheet}\"", html, StringComparison.Ordinal);
        Assert.Contains("SYNTHETIC", html, StringComparison.Ordinal);
        Assert.Contains($"/models/{digest}/shadow", await GetAsync(host, $"models/{digest}"), StringComparison.Ordinal);
        foreach (var path in (string[])["api/studies", $"api/studies/{study}", $"studies/{study}", "fhir/ImagingStudy"])
        {
            var answer = await GetAsync(host, path);
            Assert.DoesNotContain(digest, answer, StringComparison.Ordinal);
            Assert.DoesNotContain(Path.GetFileName(sheet), answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_unknown_model_has_no_figures()
    {
        await using var host = await PortalHost.StartAsync();

        foreach (var path in (string[])["api/models/abc/shadow", "models/abc/shadow"])
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await host.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    private static Task<string> GetAsync(PortalHost host, string path) =>
        host.Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
}
