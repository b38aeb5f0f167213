using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class VerdictApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_a_reader_says_is_kept_with_who_why_and_when_and_said_twice_it_is_kept_once(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var made = await MadeAsync(host);

        var comment = new { by = "Dr. Who", why = "Noisy.", verdict = "commented" };
        Assert.Equal(HttpStatusCode.Accepted, (await JudgeAsync(host, made, comment)).StatusCode);
        var rejection = new { by = "Dr. Who", why = "The skull is too thin.", verdict = "rejected", reason = "safety" };
        Assert.Equal(HttpStatusCode.Accepted, (await JudgeAsync(host, made, rejection)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await JudgeAsync(host, made, rejection)).StatusCode);

        var listed = (await host.Client.GetFromJsonAsync<JsonObject>($"api/series/{made.Id}/verdicts", Cancel))!["items"]!.AsArray();
        Assert.Equal(
            ["commented Dr. Who Noisy. ", "rejected Dr. Who The skull is too thin. safety"],
            listed.Select(one => $"{one!["verdict"]} {one["by"]} {one["why"]} {one["reason"]}"));
        var study = await host.Client.GetFromJsonAsync<JsonObject>($"api/studies/{made.StudyId}", Cancel);
        Assert.Equal(2, study!["series"]![1]!["verdicts"]!.AsArray().Count);
        Assert.Equal("superseded", (string)study["series"]![1]!["state"]!);
        await using var db = host.Database.Open();
        var messages = await db.Outbox.ToListAsync(Cancel);
        Assert.Equal(2, messages.Count);
        Assert.All(messages, message => Assert.DoesNotContain("Who", message.Body, StringComparison.Ordinal));
        var page = await host.Client.GetStringAsync($"studies/{made.StudyId}", Cancel);
        Assert.Contains("The skull is too thin.", page, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Of_readers_who_reject_at_the_same_time_all_are_kept_and_the_result_goes_once(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var made = await MadeAsync(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(
            n => JudgeAsync(host, made, new { by = $"Person {n}", why = "Blurred.", verdict = "rejected" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        await using var db = host.Database.Open();
        Assert.Equal(6, await db.ReaderVerdicts.CountAsync(Cancel));
        Assert.Equal(SeriesState.Superseded, (await db.Series.SingleAsync(s => s.Id == made.Id, Cancel)).State);
    }

    [Fact]
    public async Task What_does_not_count_or_is_no_result_is_not_judged()
    {
        await using var host = await PortalHost.StartAsync();
        var made = await MadeAsync(host);
        var study = Sample.Study();
        var source = Sample.Series(study, SeriesState.Delivered);
        var old = Sample.Series(study, SeriesState.Superseded, SeriesOrigin.Derived, source);
        await host.AddAsync(study);

        var accepted = new { by = "Dr. Who", why = "Why.", verdict = "accepted" };
        Assert.Equal(HttpStatusCode.Conflict, (await JudgeAsync(host, old, accepted)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await JudgeAsync(host, source, accepted)).StatusCode);
        using var missing = await host.Client.GetAsync(new Uri($"api/series/{source.Id}/verdicts", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("""{"items":[]}""", await host.Client.GetStringAsync($"api/series/{made.Id}/verdicts", Cancel));
    }

    [Theory]
    [InlineData("""{"by":"","why":"Why.","verdict":"accepted"}""", "by")]
    [InlineData("""{"by":"Dr. Who","why":"  ","verdict":"accepted"}""", "why")]
    [InlineData("""{"by":"Dr. Who","why":"Why."}""", "verdict")]
    [InlineData("""{"by":"Dr. Who","why":"Why.","verdict":"1"}""", "verdict")]
    [InlineData("""{"by":"Dr. Who","why":"Why.","verdict":"rejected","reason":"113039"}""", "reason")]
    public async Task A_verdict_without_what_it_needs_is_refused(string body, string wrong)
    {
        await using var host = await PortalHost.StartAsync();
        var made = await MadeAsync(host);

        var answer = await JudgeAsync(host, made, JsonNode.Parse(body)!);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{wrong}\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Longer_words_than_the_database_keeps_are_refused()
    {
        await using var host = await PortalHost.StartAsync();
        var made = await MadeAsync(host);
        Task<HttpResponseMessage> Judge(int by, int why) =>
            JudgeAsync(host, made, new { by = new string('a', by), why = new string('a', why), verdict = "commented" });

        Assert.Equal(HttpStatusCode.BadRequest, (await Judge(ReaderVerdict.LongestBy + 1, 1)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Judge(1, ReaderVerdict.LongestWhy + 1)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Judge(1, 20_000)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await Judge(ReaderVerdict.LongestBy, ReaderVerdict.LongestWhy)).StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_its_word_counts_for_who_and_what_role_and_no_other_sites_page_judges()
    {
        await using var host = await PortalHost.StartAsync(settings: ["--Auth:Mode", "Proxy", "--Auth:ReleaseRole", "neuro"]);
        var made = await MadeAsync(host);
        var body = new { by = "Dr. Who", why = "Fits.", verdict = "accepted" };
        (string, string)[] anna = [("X-Forwarded-User", "anna"), ("X-Forwarded-Groups", "neuro")];

        Assert.Equal(HttpStatusCode.Unauthorized, (await JudgeAsync(host, made, body)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await JudgeAsync(host, made, body, ("X-Forwarded-User", "anna"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await JudgeAsync(host, made, body, [.. anna, ("Origin", "http://evil.example")])).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await JudgeAsync(host, made, body, anna)).StatusCode);

        await using var db = host.Database.Open();
        Assert.Equal("anna", (await db.ReaderVerdicts.SingleAsync(Cancel)).By);
    }

    private static async Task<Series> MadeAsync(PortalHost host)
    {
        var study = await Sample.TranslatedAsync(host.Objects);
        await host.AddAsync(study);
        return study.Series[1];
    }

    private static async Task<HttpResponseMessage> JudgeAsync(
        PortalHost host, Series series, object body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/series/{series.Id}/verdicts")
        {
            Content = JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await host.Client.SendAsync(request, Cancel);
    }
}
