using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

using Gateway.Contracts.Trials;
using Gateway.Imaging.Files;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public partial class LearningPageTests(EmptyPortal empty) : IClassFixture<EmptyPortal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("archive", "gateway import")]
    [InlineData("archive", "gateway train --job")]
    [InlineData("training", "gateway train --job")]
    [InlineData("models", "gateway train --job")]
    public async Task A_page_with_nothing_to_show_says_what_to_do(string path, string command) =>
        Assert.Contains(command, await GetAsync(empty.Host, path), StringComparison.Ordinal);

    [Theory, EachDatabase]
    public async Task The_archive_is_counted_and_nobody_in_it_is_named(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var all = await LearningSample.FillAsync(host);

        foreach (var path in (string[])[
            "archive", $"archive/manifests/{all.Manifest.Digest}", "api/archive", $"api/manifests/{all.Manifest.Digest}", "api/manifests"])
        {
            var text = await GetAsync(host, path);
            Assert.DoesNotContain("pseudonym", text, StringComparison.Ordinal);
            Assert.All(all.Samples, sample => Assert.DoesNotContain($"{sample.Id}", text, StringComparison.Ordinal));
        }
        var page = await GetAsync(host, "archive");
        Assert.Equal(["12", "6", "0"], Tile().Matches(page).Select(tile => tile.Groups[1].Value));
        Assert.Contains("<td class=\"number\" data-label=\"Train\">6</td>", page, StringComparison.Ordinal);
        Assert.Equal(12, page.Split("/api/pictures/samples/").Length / 2);
    }

    [Theory, EachDatabase]
    public async Task A_manifest_says_how_many_of_its_samples_are_gone_and_who_learned_from_it(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var all = await LearningSample.FillAsync(host);
        all.Manifest.Listed.Clear();
        await host.AddAsync(LearningSample.Listed(all.Manifest, all.Samples[0], all.Samples[0].Sha256));

        var page = await GetAsync(host, $"archive/manifests/{all.Manifest.Digest}");

        Assert.Contains("12 samples are not in the archive any more", page, StringComparison.Ordinal);
        Assert.All(all.Jobs, job => Assert.Contains($"/training/{job.Id}", page, StringComparison.Ordinal));
        Assert.Contains($"/models/{all.Models[4].Digest}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_picture_of_a_sample_is_the_slice_that_was_translated()
    {
        await using var host = await PortalHost.StartAsync();
        var all = await LearningSample.FillAsync(host, samples: 2);

        var answer = await host.Client.GetAsync(new Uri($"api/pictures/samples/{all.Samples[0].Sha256}", UriKind.Relative), Cancel);

        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"\"{all.Samples[0].Sha256}\"", answer.Headers.ETag!.Tag);
        var picture = PngFile.Decode(await answer.Content.ReadAsByteArrayAsync(Cancel));
        var volume = NiftiFile.ReadVoxels(ObjectFile.Of(host.Database.Data, all.Samples[0].Sha256));
        var expected = volume.Plane(1).ToArray().Select(value => MathF.Round((value + 1) * 127.5f));
        Assert.Equal((256, 256), (picture.Width, picture.Height));
        Assert.All(expected.Zip(picture.Pixels), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
    }

    [Fact]
    public async Task Only_what_is_a_picture_is_served_as_one()
    {
        await using var host = await PortalHost.StartAsync();
        var all = await LearningSample.FillAsync(host, samples: 2);
        var report = all.Models[4].ReportSha256!;
        await using (var db = host.Database.Open())
            await db.ArchiveSamples.Where(s => s.Sha256 == all.Samples[1].Sha256)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Sha256, report), Cancel);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"api/pictures/sheets/{all.Models[4].SheetSha256}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"api/pictures/sheets/{report}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"api/pictures/samples/{all.Samples[1].Sha256}"));
        Assert.Equal(HttpStatusCode.InternalServerError, await StatusAsync($"api/pictures/samples/{report}"));

        async Task<HttpStatusCode> StatusAsync(string path) =>
            (await host.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel)).StatusCode;
    }

    [Theory]
    [InlineData("archive/manifests/0"), InlineData("training/0"), InlineData("models/0"), InlineData("models/compare"),
        InlineData("models/compare?a=1&b=2")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path)
    {
        var answer = await empty.Host.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Theory, EachDatabase]
    public async Task A_job_shows_its_curves_its_pace_its_trainer_and_the_models_it_made(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var all = await LearningSample.FillAsync(host, points: 700);

        var running = await GetAsync(host, $"training/{all.Jobs[0].Id}");
        var done = await GetAsync(host, $"training/{all.Jobs[1].Id}");

        foreach (var chart in (string[])["chart-accuracy", "chart-cycle", "chart-adv", "chart-mind", "chart-d", "chart-pace"])
            Assert.Contains($"id=\"{chart}\"", running, StringComparison.Ordinal);
        Assert.Contains("trainer-1", running, StringComparison.Ordinal);
        Assert.Contains("s a step", running, StringComparison.Ordinal);
        Assert.All(
            Drawn().Matches(running), curve => Assert.InRange(curve.Groups[1].Value.Split(' ').Length, 200, TrainingQueries.MostPoints));
        Assert.Contains($"/models/{all.Models[4].Digest}", done, StringComparison.Ordinal);
        Assert.DoesNotContain("<dt>Left</dt>", done, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_model_shows_where_it_came_from_what_was_done_to_it_and_what_it_made(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var all = await LearningSample.FillAsync(host);

        var models = await GetAsync(host, "models");
        var champion = await GetAsync(host, $"models/{all.Models[1].Digest}");
        var rejected = await GetAsync(host, $"models/{all.Models[4].Digest}");

        Assert.Equal(5, models.Split("lineage")[1].Split("</section>")[0].Split("class=\"uid\"").Length - 1);
        Assert.Contains("1 series</a>, the newest of them", champion, StringComparison.Ordinal);
        Assert.Contains("Activated by <bdi>SCANNER</bdi>", champion, StringComparison.Ordinal);
        Assert.All(
            (string[])[all.Models[0].Digest, all.Models[2].Digest, all.Models[3].Digest],
            other => Assert.Contains($"/models/{other}", champion, StringComparison.Ordinal));
        Assert.Contains("14.1 <span class=\"quiet interval\">[9.2, 18.7]</span>", rejected, StringComparison.Ordinal);
        Assert.Contains(TrialGateKind.Retrieval.Meaning, rejected, StringComparison.Ordinal);
        Assert.Contains($"/api/pictures/sheets/{all.Models[4].SheetSha256}", rejected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"weights": {"loss": [0.25, true]}}""", "weights.loss[0]", "0.25")]
    [InlineData("no JSON", "There is none", "outside")]
    public async Task A_report_of_another_kind_is_shown_as_it_is(string report, params string[] shown)
    {
        await using var host = await PortalHost.StartAsync();
        var model = new Model
        {
            Digest = LearningSample.NewDigest(), Direction = "t2-ct", Name = "m", Version = "1", State = ModelState.Candidate,
            CreatedAt = Sample.Noon,
            ReportSha256 = await host.Objects.PutAsync(System.Text.Encoding.UTF8.GetBytes(report), Cancel),
        };
        await host.AddAsync(model);

        var page = await GetAsync(host, $"models/{model.Digest}");

        Assert.All(shown, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task Two_reports_stand_side_by_side(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var all = await LearningSample.FillAsync(host);
        var (champion, rejected, digest) = (all.Models[1].Digest, all.Models[4].Digest, LearningSample.NewDigest());
        var report = LearningSample.Trial(digest, champion, "second");
        var other = new Model
        {
            Digest = digest, Direction = "t2-ct", Name = "m", Version = "3", State = ModelState.Candidate, CreatedAt = Sample.Noon,
            ReportSha256 = await host.Objects.PutAsync(
                System.Text.Encoding.UTF8.GetBytes(report.ToJson().Replace("98.2", "77.7", StringComparison.Ordinal)), Cancel),
        };
        await host.AddAsync(other);

        var page = await GetAsync(host, $"models/compare?a={rejected}&b={digest}");

        var row = page.Split("<bdi>error</bdi>")[1].Split("</tr>")[0];
        Assert.Contains("98.2", row, StringComparison.Ordinal);
        Assert.Contains("77.7", row, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_shadow_is_compared_with_the_champion_on_the_same_live_series_which_are_not_named(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var all = await LearningSample.FillAsync(host);

        var page = await GetAsync(host, $"models/{all.Models[2].Digest}");
        var json = await GetAsync(host, $"api/models/{all.Models[2].Digest}");

        Assert.Contains("4 series, the last", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\" data-label=\"This model\">1.6</td>", page, StringComparison.Ordinal);
        Assert.Contains("""{"name":"cycleError","shadow":1.6""", json, StringComparison.Ordinal);
        Assert.DoesNotContain("seconds", page.Split("id=\"shadow\"")[1].Split("</section>")[0], StringComparison.Ordinal);
        await using var db = host.Database.Open();
        Assert.All(
            await db.ShadowResults.ToListAsync(Cancel), result => Assert.DoesNotContain(
                $"{result.SeriesId}", page + json, StringComparison.Ordinal));
        Assert.DoesNotContain("id=\"shadow\"", await GetAsync(host, $"models/{all.Models[3].Digest}"), StringComparison.Ordinal);
    }

    private static async Task<string> GetAsync(PortalHost host, string path) =>
        WebUtility.HtmlDecode(await host.Client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel));

    [GeneratedRegex("<div><dt>[^<]+</dt><dd>([0-9]+)</dd></div>")]
    private static partial Regex Tile();

    [GeneratedRegex("points=\"([^\"]+)\"")]
    private static partial Regex Drawn();
}
