using System.Net;
using System.Text.Json.Nodes;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class LearningApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Manifests_jobs_and_models_are_read_newest_first_page_by_page(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        // Some of one instant, so that the rest of the key decides.
        List<Manifest> manifests = [
            .. Enumerable.Range(0, 7).Select(
                n => new Manifest
                {
                    Digest = LearningSample.NewDigest(),
                    Pair = "t2-ct",
                    CreatedAt = Sample.Noon.AddDays(n / 3),
                    Samples = 1,
                    Subjects = 1,
                })];
        List<Model> models = [
            .. Enumerable.Range(0, 7).Select(
                n => new Model
                {
                    Digest = LearningSample.NewDigest(),
                    Direction = "t2-ct",
                    Name = "m",
                    Version = "1",
                    State = ModelState.Candidate,
                    CreatedAt = Sample.Noon.AddDays(n / 3),
                })];
        List<TrainingJob> jobs = [.. Enumerable.Range(0, 7).Select(_ => LearningSample.Job(TrainingJobState.Done))];
        await host.AddAsync([.. manifests, .. models, .. jobs]);

        Assert.Equal(
            manifests.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Digest, StringComparer.Ordinal).Select(m => m.Digest),
            await WalkAsync(host, "api/manifests", "digest"));
        Assert.Equal(
            models.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Digest, StringComparer.Ordinal).Select(m => m.Digest),
            await WalkAsync(host, "api/models", "digest"));
        Assert.Equal(jobs.Select(j => $"{j.Id}").Order(), (await WalkAsync(host, "api/training/jobs", "id")).Order());
    }

    [Theory, EachDatabase]
    public async Task The_archive_is_told_in_numbers(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var all = await LearningSample.FillAsync(host);

        var archive = await GetAsync(host, "api/archive");
        var manifest = await GetAsync(host, $"api/manifests/{all.Manifest.Digest}");

        Assert.Equal((12, 6, 0), ((int)archive["samples"]!, (int)archive["subjects"]!, (int)archive["erased"]!));
        Assert.Equal(12, archive["counts"]!.AsArray().Sum(count => (int)count!["samples"]!));
        Assert.Contains(
            archive["counts"]!.AsArray(),
            count => (string)count!["vendor"]! == "united-imaging" && (string)count["callingAe"]! == "SCANNER");
        Assert.Equal(["2026-08-31", "2026-09-07"], archive["weeks"]!.AsArray().Select(week => (string)week!["monday"]!));
        Assert.Equal(
            (12, 12, 3, 1),
            ((int)manifest["samples"]!, (int)manifest["gone"]!, manifest["jobs"]!.AsArray().Count, manifest["models"]!.AsArray().Count));
    }

    [Theory, EachDatabase]
    public async Task A_job_is_told_with_its_pace_its_sheets_and_its_points_from_a_step_on(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var all = await LearningSample.FillAsync(host);

        var job = await GetAsync(host, $"api/training/jobs/{all.Jobs[0].Id}");
        var points = (await GetAsync(host, $"api/training/jobs/{all.Jobs[0].Id}/points?after=150"))["items"]!.AsArray();

        Assert.Equal(
            ("running", "person", "fine-tune", 200, 4000),
            ((string)job["state"]!, (string)job["trigger"]!, (string)job["recipe"]!, (int)job["step"]!, (int)job["stepsTotal"]!));
        Assert.Equal(4000, (int)job["options"]!["StepsAdversarial"]!);
        Assert.InRange((double)job["secondsLeft"]!, 3800 * 2, 3800 * 2.2);
        Assert.Equal([900, 600, 300], job["sheets"]!.AsArray().Select(sheet => (int)sheet!["step"]!));
        Assert.Equal([160, 170, 180, 190, 200], points.Select(point => (int)point!["step"]!));
        Assert.InRange((double)points[0]!["losses"]!["accuracy.ct"]!, 0.5, 0.9);
        Assert.Equal(
            2, (await GetAsync(host, "api/training/jobs?state=done"))["items"]!.AsArray().Count
                + (await GetAsync(host, "api/training/jobs?state=failed"))["items"]!.AsArray().Count);
    }

    [Theory, EachDatabase]
    public async Task A_model_is_told_with_its_acts_its_report_and_its_children(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var all = await LearningSample.FillAsync(host);

        var champion = await GetAsync(host, $"api/models/{all.Models[1].Digest}");
        var rejected = await GetAsync(host, $"api/models/{all.Models[4].Digest}");

        Assert.Equal(["imported", "activated"], champion["acts"]!.AsArray().Select(act => (string)act!["kind"]!));
        Assert.Equal(
            (3, 1, all.Models[0].Digest), (champion["children"]!.AsArray().Count, (int)champion["series"]!, (string)champion["parent"]!));
        Assert.Equal("retrieval", (string)rejected["report"]!["directions"]![0]!["gates"]![0]!["name"]!);
        Assert.Equal(all.Jobs[1].Id.ToString(), (string)rejected["job"]!);
        Assert.Equal(
            [all.Models[4].Digest], (await GetAsync(host, "api/models?direction=t2-ct&state=rejected"))["items"]!.AsArray()
                .Select(model => (string)model!["digest"]!));
    }

    [Theory, EachDatabase]
    public async Task A_model_has_a_card_that_names_nobody_of_the_archive(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var all = await LearningSample.FillAsync(host);

        var answer = await host.Client.GetAsync(new Uri($"api/models/{all.Models[4].Digest}/card", UriKind.Relative), Cancel);
        var card = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal("text/markdown", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("# Model card: cyclegan-brain 2.0, t2-ct", card, StringComparison.Ordinal);
        Assert.Contains("| retrieval | test subjects |", card, StringComparison.Ordinal);
        Assert.DoesNotContain("pseudonym", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/models/0/card", HttpStatusCode.NotFound)]
    [InlineData("api/models?state=best", HttpStatusCode.BadRequest), InlineData("api/models/0", HttpStatusCode.NotFound)]
    [InlineData("api/manifests?limit=0", HttpStatusCode.BadRequest), InlineData("api/manifests/0", HttpStatusCode.NotFound)]
    [InlineData("api/training/jobs?state=lost", HttpStatusCode.BadRequest), InlineData(
        "api/training/jobs?cursor=x", HttpStatusCode.BadRequest)]
    [InlineData("api/training/jobs/11111111-1111-1111-1111-111111111111", HttpStatusCode.NotFound)]
    [InlineData("api/training/jobs/11111111-1111-1111-1111-111111111111/points?after=x", HttpStatusCode.BadRequest)]
    public async Task A_wrong_question_is_answered_by_a_problem(string path, HttpStatusCode status)
    {
        await using var host = await PortalHost.StartAsync();

        var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    private static async Task<JsonNode> GetAsync(PortalHost host, string path) =>
        JsonNode.Parse(await host.Client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel))!;

    private static async Task<List<string>> WalkAsync(PortalHost host, string path, string property)
    {
        var seen = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await GetAsync(host, $"{path}?limit=2&cursor={next}");
            seen.AddRange(page["items"]!.AsArray().Select(row => (string)row![property]!));
            next = (string?)page["next"];
        }
        return seen;
    }
}
