using System.Net;
using System.Text.Json.Nodes;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class ModelSeriesApiTests
{
    private static readonly string Digest = new('d', 64);

    [Theory, EachDatabase]
    public async Task What_a_model_made_is_read_newest_first_page_by_page(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var made = new List<Series>();
        for (var second = 0; second < 3; second++)
        {
            var study = Sample.Study(Sample.Noon.AddSeconds(second));
            made.Add(
                Sample.Series(
                    study, second == 0 ? SeriesState.Superseded : SeriesState.Delivered, SeriesOrigin.Derived,
                    Sample.Series(study, SeriesState.Translated)));
            (made[^1].ModelDigest, made[^1].ModelName, made[^1].Direction) = (Digest, "cyclegan 1", "t2-ct");
            await host.AddAsync(study);
        }

        var first = await GetAsync($"api/models/{Digest}/series?limit=2");
        var last = await GetAsync($"api/models/{Digest}/series?limit=2&cursor={(string)first["next"]!}");

        var items = first["items"]!.AsArray().Concat(last["items"]!.AsArray()).Select(one => one!.AsObject()).ToList();
        Assert.Equal(made.Select(one => one.SeriesInstanceUid).Reverse(), items.Select(one => (string)one["seriesInstanceUid"]!));
        Assert.Equal(["delivered", "delivered", "superseded"], items.Select(one => (string)one["state"]!));
        Assert.Equal(
            ["id", "seriesInstanceUid", "studyId", "studyInstanceUid", "derivedFromSeriesId", "direction", "state", "model", "createdAt"],
            items[0].Select(member => member.Key));
        Assert.Null((string?)last["next"]);

        async Task<JsonObject> GetAsync(string path) =>
            JsonNode.Parse(await host.Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken))!
                .AsObject();
    }

    [Fact]
    public async Task A_model_that_nobody_knows_is_not_found()
    {
        await using var host = await PortalHost.StartAsync();

        using var answer = await host.Client.GetAsync(
            new Uri($"api/models/{Digest}/series", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
