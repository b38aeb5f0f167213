using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

using Gateway.Contracts;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class ReplayApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_was_given_up_on_is_on_its_way_again_once_with_who_and_why(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var (study, failure) = await FailedAsync(host);

        var first = await ReplayAsync(host, new { by = "Dr. Who", why = "The model is there now.", failure = failure.Id });
        var second = await ReplayAsync(host, new { by = "Somebody else", why = "Me too.", failure = failure.Id });

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode));
        Assert.Contains("\"replayed\"", await first.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await using var db = host.Database.Open();
        Assert.Equal(SeriesState.Queued, (await db.Series.SingleAsync(Cancel)).State);
        var replay = await db.Replays.Include(r => r.Failure).SingleAsync(Cancel);
        Assert.Equal((failure.Id, "Dr. Who", "The model is there now."), (replay.FailureId, replay.By, replay.Why));
        Assert.NotNull(replay.Failure.ReplayedAt);
        var message = await db.Outbox.SingleAsync(Cancel);
        Assert.Equal((failure.MessageType, failure.Body), (message.Type, message.Body));
        Assert.Contains("replayed by Dr. Who", await host.Client.GetStringAsync($"studies/{study.Id}", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_people_who_replay_at_the_same_time_one_does()
    {
        await using var host = await PortalHost.StartAsync(DatabaseProvider.Postgres);
        var (_, failure) = await FailedAsync(host);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(n => ReplayAsync(host, new { by = $"Person {n}", why = "Again.", failure = failure.Id })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        await using var db = host.Database.Open();
        Assert.Equal((1, 1), (await db.Replays.CountAsync(Cancel), await db.Outbox.CountAsync(Cancel)));
    }

    [Fact]
    public async Task A_wish_that_does_not_say_which_or_why_is_refused()
    {
        await using var host = await PortalHost.StartAsync();
        var (study, _) = await FailedAsync(host);

        Assert.Equal(HttpStatusCode.BadRequest, (await ReplayAsync(host, new { by = "Dr. Who", why = "All of it." })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await ReplayAsync(host, new { by = "Dr. Who", study = study.Id })).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await ReplayAsync(host, new { by = "Dr. Who", why = "Again.", study = "1.2.3" })).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await ReplayAsync(host, new { by = "Dr. Who", why = "Again.", from = "yesterday" })).StatusCode);
        Assert.Equal(
            HttpStatusCode.Accepted, (await ReplayAsync(host, new { by = "Dr. Who", why = "Again.", study = study.Id })).StatusCode);
    }

    [Fact]
    public async Task Work_on_a_series_that_went_on_is_left_alone()
    {
        await using var host = await PortalHost.StartAsync();
        var (_, failure) = await FailedAsync(host);
        await using (var db = host.Database.Open())
            await db.Series.MoveAsync(db, SeriesEvent.ImageStored, Cancel);

        Assert.Equal(
            HttpStatusCode.Conflict, (await ReplayAsync(host, new { by = "Dr. Who", why = "Again.", failure = failure.Id })).StatusCode);

        await using var after = host.Database.Open();
        Assert.Equal((0, null), (await after.Outbox.CountAsync(Cancel), (await after.Failures.SingleAsync(Cancel)).ReplayedAt));
    }

    [Fact]
    public async Task Only_who_may_change_something_replays_and_no_page_of_another_site()
    {
        await using var host = await PortalHost.StartAsync(settings: ["--Auth:Mode", "Proxy", "--Auth:ReleaseRole", "neuro"]);
        var (_, failure) = await FailedAsync(host);
        var wish = new { by = "Dr. Who", why = "Again.", failure = failure.Id };

        Assert.Equal(HttpStatusCode.Unauthorized, (await ReplayAsync(host, wish)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ReplayAsync(host, wish, ("X-Forwarded-User", "anna"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await ReplayAsync(
                host, wish, ("X-Forwarded-User", "anna"), ("X-Forwarded-Groups", "neuro"), ("Sec-Fetch-Site", "cross-site"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await ReplayAsync(host, wish, ("X-Forwarded-User", "anna"), ("X-Forwarded-Groups", "neuro"))).StatusCode);

        await using var db = host.Database.Open();
        Assert.Equal("anna", (await db.Replays.SingleAsync(Cancel)).By);
    }

    /// <summary>A series whose translation was given up on.</summary>
    internal static async Task<(Study Study, Failure Failure)> FailedAsync(PortalHost host)
    {
        var study = Sample.Study();
        var series = Sample.Series(study, SeriesState.Failed);
        series.Revision = 1;
        var failure = new Failure
        {
            Id = Sample.NewId(),
            MessageType = typeof(TranslateSeries).FullName!,
            Body = JsonSerializer.Serialize(new TranslateSeries { SeriesId = series.Id, Revision = 1 }, ContractTypes.Json),
            SeriesId = series.Id,
            Code = "model",
            Text = "ModelException in ModelCatalog.Load.",
            At = Sample.Noon,
        };
        await host.AddAsync(study, failure);
        return (study, failure);
    }

    private static async Task<HttpResponseMessage> ReplayAsync(PortalHost host, object wish, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/replay") { Content = JsonContent.Create(wish) };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await host.Client.SendAsync(request, Cancel);
    }
}
