using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class ModelActApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_candidate_is_activated_once_with_who_and_why_and_rolled_back(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var (champion, candidate) = await TwoAsync(host);

        Assert.Equal(
            HttpStatusCode.Accepted,
            (await ActAsync(host, $"{candidate}/activate", new { by = "Dr. Who", why = "Sharper edges.", instead = champion })).StatusCode);
        Assert.Equal(
            HttpStatusCode.Conflict, (await ActAsync(host, $"{candidate}/activate", new { by = "Another", why = "Me too." })).StatusCode);
        await using (var db = host.Database.Open())
        {
            Assert.Equal((ModelState.Retired, ModelState.Champion), (await StateAsync(db, champion), await StateAsync(db, candidate)));
            var act = await db.ModelActs.SingleAsync(a => a.Digest == candidate && a.Kind == ModelActKind.Activated, Cancel);
            Assert.Equal(("Dr. Who", "Sharper edges."), (act.By, act.Why));
            var message = await db.Outbox.SingleAsync(Cancel);
            Assert.EndsWith("ModelActivated", message.Type, StringComparison.Ordinal);
            Assert.DoesNotContain("Who", message.Body, StringComparison.Ordinal);
        }

        Assert.Equal(
            HttpStatusCode.Accepted,
            (await ActAsync(
                host, "rollback", new { by = "Dr. Who", why = "Worse.", direction = "t2-ct", instead = candidate })).StatusCode);
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await ActAsync(host, "rollback", new { by = "Dr. Who", why = "Worse.", direction = "t2-ct" })).StatusCode);
        await using var after = host.Database.Open();
        Assert.Equal((ModelState.Champion, ModelState.Retired), (await StateAsync(after, champion), await StateAsync(after, candidate)));
    }

    [Fact]
    public async Task Who_looked_at_another_champion_is_told_to_look_again()
    {
        await using var host = await PortalHost.StartAsync();
        var (_, candidate) = await TwoAsync(host);

        var answer = await ActAsync(
            host, $"{candidate}/activate", new { by = "Dr. Who", why = "Sharper.", instead = LearningSample.NewDigest() });

        Assert.Equal(
            (HttpStatusCode.Conflict, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("look at the models again", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_model_goes_into_shadow_out_of_it_and_is_rejected_for_good(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var (champion, candidate) = await TwoAsync(host);
        var wish = new { by = "Dr. Who", why = "To see." };

        foreach (var (verb, state) in ((string, ModelState)[])[
            ("shadow", ModelState.Shadow), ("shadow/end", ModelState.Candidate), ("reject", ModelState.Rejected)])
        {
            Assert.Equal(HttpStatusCode.Accepted, (await ActAsync(host, $"{candidate}/{verb}", wish)).StatusCode);
            await using var db = host.Database.Open();
            Assert.Equal(state, await StateAsync(db, candidate));
        }
        Assert.Equal(HttpStatusCode.Conflict, (await ActAsync(host, $"{candidate}/activate", wish)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await ActAsync(host, $"{champion}/reject", wish)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ActAsync(host, $"{LearningSample.NewDigest()}/reject", wish)).StatusCode);
    }

    [Theory]
    [InlineData("activate"), InlineData("reject"), InlineData("shadow"), InlineData("shadow/end")]
    public async Task Only_who_may_change_something_acts_on_a_model_and_no_page_of_another_site(string verb)
    {
        await using var host = await PortalHost.StartAsync(settings: ["--Auth:Mode", "Proxy", "--Auth:ReleaseRole", "neuro"]);
        var (_, candidate) = await TwoAsync(host);
        var (path, wish) = ($"{candidate}/{verb}", new { by = "Dr. Who", why = "Because." });

        Assert.Equal(HttpStatusCode.Unauthorized, (await ActAsync(host, path, wish)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ActAsync(host, path, wish, ("X-Forwarded-User", "anna"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await ActAsync(
                host, path, wish, ("X-Forwarded-User", "anna"), ("X-Forwarded-Groups", "neuro"),
                ("Sec-Fetch-Site", "cross-site"))).StatusCode);
        await using var db = host.Database.Open();
        Assert.Equal(0, await db.ModelActs.CountAsync(a => a.Digest == candidate, Cancel));
        if (verb == "shadow/end")
            return;
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await ActAsync(host, path, wish, ("X-Forwarded-User", "anna"), ("X-Forwarded-Groups", "neuro"))).StatusCode);
        Assert.Equal("anna", (await db.ModelActs.AsNoTracking().FirstAsync(a => a.Digest == candidate, Cancel)).By);
    }

    [Theory]
    [InlineData("activate", "", "Sharper.", "by"), InlineData("reject", "Dr. Who", " ", "why"), InlineData(
        "shadow", "Dr. Who", null, "why")]
    public async Task Without_a_name_or_a_reason_nothing_is_done(string verb, string by, string? why, string wrong)
    {
        await using var host = await PortalHost.StartAsync();
        var (_, candidate) = await TwoAsync(host);

        var answer = await ActAsync(host, $"{candidate}/{verb}", new { by, why });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{wrong}\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await ActAsync(host, "rollback", new { by = "Dr. Who", why = "Worse." })).StatusCode);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await ActAsync(host, $"{candidate}/{verb}", new { by, why = new string('a', 20_000) })).StatusCode);
    }

    /// <summary>A champion, and a candidate of the same direction.</summary>
    internal static async Task<(string Champion, string Candidate)> TwoAsync(PortalHost host)
    {
        var (champion, candidate) = (LearningSample.Model(ModelState.Champion), LearningSample.Model(ModelState.Candidate));
        champion.Acts.Add(ModelRegistry.Act(champion.Digest, ModelActKind.Activated, "Gateway", "It ships.", Sample.Noon));
        await host.AddAsync(champion, candidate);
        return (champion.Digest, candidate.Digest);
    }

    internal static async Task<HttpResponseMessage> PostAsync(
        PortalHost host, string path, object wish, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(wish) };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await host.Client.SendAsync(request, Cancel);
    }

    private static Task<HttpResponseMessage> ActAsync(
        PortalHost host, string path, object wish, params (string Name, string Value)[] headers) =>
        PostAsync(host, $"api/models/{path}", wish, headers);

    private static Task<ModelState> StateAsync(GatewayDbContext db, string digest) =>
        db.Models.Where(m => m.Digest == digest).Select(m => m.State).SingleAsync(Cancel);
}
