using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class TrainingActApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_job_is_ordered_once_paused_resumed_and_cancelled_with_who(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);

        var first = await PostAsync(host, "", new { by = "Dr. Who" });
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        var id = (string)JsonNode.Parse(await first.Content.ReadAsStringAsync(Cancel))!["id"]!;
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(host, "", new { by = "Another" })).StatusCode);
        foreach (var (verb, state) in ((string, TrainingJobState)[])[
            ("pause", TrainingJobState.Paused), ("resume", TrainingJobState.Queued), ("cancel", TrainingJobState.Cancelled)])
        {
            Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(host, $"/{id}/{verb}", new { by = "Dr. Who" })).StatusCode);
            await using var db = host.Database.Open();
            Assert.Equal(state, (await db.TrainingJobs.SingleAsync(Cancel)).State);
        }
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(host, $"/{id}/pause", new { })).StatusCode);

        await using var after = host.Database.Open();
        var job = await after.TrainingJobs.SingleAsync(Cancel);
        Assert.Equal(
            ("t2-ct", TrainingTrigger.Person, "Dr. Who", TrainingOrder.DefaultRecipe, "{}"),
            (job.Pair, job.Trigger, job.By, job.RecipeName, job.Recipe));
        Assert.Contains("Dr. Who", Assert.Single(job.Reasons).Text, StringComparison.Ordinal);
        Assert.All(await after.Outbox.ToListAsync(Cancel), message => Assert.DoesNotContain("Who", message.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_recipe_of_ones_own_has_a_name_and_options()
    {
        await using var host = await PortalHost.StartAsync();

        var answer = await PostAsync(
            host, "", JsonNode.Parse("""{"by": "Dr. Who", "recipe": "short", "options": {"StepsAdversarial":10}}""")!);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await using var db = host.Database.Open();
        var job = await db.TrainingJobs.SingleAsync(Cancel);
        Assert.Equal(("short", """{"StepsAdversarial":10}"""), (job.RecipeName, job.Recipe));
    }

    [Theory]
    [InlineData("by", """{"why": "x"}""")]
    [InlineData("pair", """{"by": "A", "pair": "T2 to CT"}""")]
    [InlineData("pair", """{"by": "A", "pair": "ct-t2"}""")]
    [InlineData("recipe", """{"by": "A", "recipe": "short"}""")]
    [InlineData("recipe", """{"by": "A", "options": {}}""")]
    [InlineData("options", """{"by": "A", "recipe": "short", "options": "[1]"}""")]
    public async Task An_order_that_cannot_be_meant_is_refused(string wrong, string body)
    {
        await using var host = await PortalHost.StartAsync();
        await host.AddAsync(LearningSample.Job(TrainingJobState.Done));

        var answer = await PostAsync(host, "", JsonNode.Parse(body)!);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains($"\"{wrong}\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await using var db = host.Database.Open();
        Assert.Equal(1, await db.TrainingJobs.CountAsync(Cancel));
    }

    [Theory]
    [InlineData(""), InlineData("/{0}/pause"), InlineData("/{0}/resume"), InlineData("/{0}/cancel")]
    public async Task Only_who_may_change_something_orders_or_stops_a_job_and_no_page_of_another_site(string path)
    {
        await using var host = await PortalHost.StartAsync(settings: ["--Auth:Mode", "Proxy", "--Auth:ReleaseRole", "neuro"]);
        var job = LearningSample.Job(TrainingJobState.Queued);
        await host.AddAsync(job);
        var (to, wish) = (string.Format(null, path, job.Id), new { by = "Dr. Who", pair = "pd-ct" });

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(host, to, wish)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(host, to, wish, ("X-Forwarded-User", "anna"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await PostAsync(
                host, to, wish, ("X-Forwarded-User", "anna"), ("X-Forwarded-Groups", "neuro"),
                ("Origin", "http://evil.example"))).StatusCode);
        await using var db = host.Database.Open();
        Assert.Equal(
            (1, TrainingJobState.Queued),
            (await db.TrainingJobs.CountAsync(Cancel), (await db.TrainingJobs.AsNoTracking().SingleAsync(Cancel)).State));
        var allowed = await PostAsync(host, to, wish, ("X-Forwarded-User", "anna"), ("X-Forwarded-Groups", "neuro"));
        Assert.Equal(
            path.EndsWith("resume", StringComparison.Ordinal) ? HttpStatusCode.Conflict : HttpStatusCode.Accepted, allowed.StatusCode);
    }

    [Theory, InlineData("pause"), InlineData("resume"), InlineData("cancel")]
    public async Task A_job_that_is_not_there_is_not_found(string verb)
    {
        await using var host = await PortalHost.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(host, $"/{Sample.NewId()}/{verb}", new { by = "Dr. Who" })).StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(
        PortalHost host, string path, object wish, params (string Name, string Value)[] headers) =>
        ModelActApiTests.PostAsync(host, $"api/training/jobs{path}", wish, headers);
}
