using System.Net;
using System.Net.Http.Json;
using Gateway.Contracts.Reasons;
using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class ReleaseApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_held_series_is_queued_again_once_with_who_and_why(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var held = await HeldAsync(host, "head-cut-off");

        var first = await ReleaseAsync(host, held, "Dr. Who", "The cut lies outside the brain.");
        var second = await ReleaseAsync(host, held, "Somebody else", "Me too.");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        await using var db = host.Database.Open();
        Assert.Equal(SeriesState.Queued, (await db.Series.SingleAsync(Cancel)).State);
        var release = await db.Releases.SingleAsync(Cancel);
        Assert.Equal(
            (held.Id, 3, "Dr. Who", "The cut lies outside the brain."), (release.SeriesId, release.Revision, release.By, release.Why));
        Assert.Equal(held.Reasons, release.Reasons);
        var message = await db.Outbox.SingleAsync(Cancel);
        Assert.EndsWith("SeriesReleased", message.Type, StringComparison.Ordinal);
        Assert.Contains(held.Id.ToString(), message.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Who", message.Body, StringComparison.Ordinal);
        Assert.Contains("Dr. Who", await host.Client.GetStringAsync($"api/studies/{held.StudyId}", Cancel), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Of_people_who_release_at_the_same_time_one_does(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var held = await HeldAsync(host, "head-cut-off");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => ReleaseAsync(host, held, $"Person {n}", "Looks well.")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        await using var db = host.Database.Open();
        Assert.Equal((1, 1), (await db.Releases.CountAsync(Cancel), await db.Outbox.CountAsync(Cancel)));
    }

    [Fact]
    public async Task What_has_no_way_back_onto_the_images_stays_held()
    {
        await using var host = await PortalHost.StartAsync();
        var held = await HeldAsync(host, "head-cut-off", "not-invertible");

        var answer = await ReleaseAsync(host, held, "Dr. Who", "I want it.");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("no way back", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await using var db = host.Database.Open();
        Assert.Equal(SeriesState.Held, (await db.Series.SingleAsync(Cancel)).State);
        Assert.Equal((0, 0), (await db.Releases.CountAsync(Cancel), await db.Outbox.CountAsync(Cancel)));
        Assert.DoesNotContain(
            "<form class=\"release\"", await host.Client.GetStringAsync($"studies/{held.StudyId}", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_that_is_not_held_or_not_there_cannot_be_released()
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.Study();
        var ineligible = Sample.Series(study, SeriesState.Ineligible);
        await host.AddAsync(study);

        Assert.Equal(HttpStatusCode.Conflict, (await ReleaseAsync(host, ineligible, "Dr. Who", "Why not.")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound, (await ReleaseAsync(host, Sample.Series(study, SeriesState.Held), "Dr. Who", "Why not.")).StatusCode);
    }

    [Theory]
    [InlineData("", "Looks well.", "by")]
    [InlineData("Dr. Who", " \n ", "why")]
    [InlineData("Dr. Who", null, "why")]
    public async Task Without_a_name_or_a_reason_nothing_is_released(string by, string? why, string wrong)
    {
        await using var host = await PortalHost.StartAsync();
        var held = await HeldAsync(host, "head-cut-off");

        var answer = await ReleaseAsync(host, held, by, why);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{wrong}\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Longer_words_than_the_database_keeps_are_refused()
    {
        await using var host = await PortalHost.StartAsync();
        var held = await HeldAsync(host, "head-cut-off");

        Assert.Equal(
            HttpStatusCode.BadRequest, (await ReleaseAsync(host, held, new string('a', Release.LongestBy + 1), "Looks well.")).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await ReleaseAsync(host, held, "Dr. Who", new string('a', Release.LongestWhy + 1))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ReleaseAsync(host, held, "Dr. Who", new string('a', 20_000))).StatusCode);
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await ReleaseAsync(host, held, new string('a', Release.LongestBy), new string('a', Release.LongestWhy))).StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_its_word_counts_for_who_and_what_role()
    {
        await using var host = await PortalHost.StartAsync(settings: ["--Auth:Mode", "Proxy", "--Auth:ReleaseRole", "neuro"]);
        var held = await HeldAsync(host, "head-cut-off");

        Assert.Equal(HttpStatusCode.Unauthorized, (await ReleaseAsync(host, held, "Dr. Who", "Looks well.")).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await ReleaseAsync(host, held, "Dr. Who", "Looks well.", ("X-Forwarded-User", "anna"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await ReleaseAsync(
                host, held, "Dr. Who", "Looks well.", ("X-Forwarded-User", "anna"), ("X-Forwarded-Groups", "neurology,staff"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await ReleaseAsync(
                host, held, "Dr. Who", "Looks well.", ("X-Forwarded-User", "anna"), ("X-Forwarded-Groups", "staff, neuro"))).StatusCode);

        await using var db = host.Database.Open();
        Assert.Equal("anna", (await db.Releases.SingleAsync(Cancel)).By);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_page_of_another_site_releases_nothing(string header, string value)
    {
        await using var host = await PortalHost.StartAsync();
        var held = await HeldAsync(host, "head-cut-off");

        Assert.Equal(HttpStatusCode.Forbidden, (await ReleaseAsync(host, held, "Dr. Who", "Looks well.", (header, value))).StatusCode);
    }

    private static async Task<Series> HeldAsync(PortalHost host, params string[] codes)
    {
        var study = Sample.Study();
        var held = Sample.Series(study, SeriesState.Held);
        held.Revision = 3;
        held.Reasons = [.. codes.Select(code => ReasonCode.Find(code)!.Because("A gate said no. 1.31 times the archive's limit."))];
        await host.AddAsync(study);
        return held;
    }

    private static async Task<HttpResponseMessage> ReleaseAsync(
        PortalHost host, Series series, string by, string? why, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/series/{series.Id}/release")
        {
            Content = JsonContent.Create(
            new { by, why })
        };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await host.Client.SendAsync(request, Cancel);
    }
}
