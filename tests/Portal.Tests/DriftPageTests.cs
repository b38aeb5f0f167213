using System.Net;
using System.Text.Json.Nodes;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

/// <summary>What operators see of drift.</summary>
public class DriftPageTests
{
    [Theory, EachDatabase]
    public async Task The_suggestion_names_figure_and_sender_on_page_and_api(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        await host.AddAsync(DriftRows.Of());

        var profile = Assert.Single(JsonNode.Parse(await GetAsync(host, "api/drift"))!["items"]!.AsArray())!.AsObject();
        var html = WebUtility.HtmlDecode(await GetAsync(host, "drift"));

        Assert.Equal(
            ["profile", "level", "reasons", "reference", "judgedWeek", "weeks", "callingAes", "vendors"], profile.Select(p => p.Key));
        Assert.Equal(
            ("t2", "suggest", "earlierweeks"),
            ((string)profile["profile"]!, (string)profile["level"]!, (string)profile["reference"]!["kind"]!));
        var reason = Assert.Single(profile["reasons"]!.AsArray())!;
        Assert.Equal(("grey.q50", "MR_SOUTH"), ((string)reason["measure"]!, (string)reason["callingAe"]!));
        Assert.Equal(12, profile["weeks"]!.AsArray().Count);
        Assert.Contains((string)reason["text"]!, html, StringComparison.Ordinal);
        Assert.Contains("retraining suggested", html, StringComparison.Ordinal);
        Assert.Contains("<figure class=\"weekly\" id=\"drift-t2-grey-q50\">", html, StringComparison.Ordinal);
        Assert.Contains("<circle class=\"suggest\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_house_without_a_series_is_told_so()
    {
        await using var host = await PortalHost.StartAsync();

        Assert.Contains("No series has been prepared yet.", await GetAsync(host, "drift"), StringComparison.Ordinal);
        Assert.Equal("""{"items":[],"readers":[]}""", await GetAsync(host, "api/drift"));
    }

    private static Task<string> GetAsync(PortalHost host, string path) =>
        host.Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
}
