using System.Net;
using System.Text.Json.Nodes;

using Gateway.Contracts.Reasons;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class StudyApiTests(EmptyPortal empty) : IClassFixture<EmptyPortal>
{
    [Theory, EachDatabase]
    public async Task A_study_has_the_shape_that_callers_rely_on(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var study = await Sample.TranslatedAsync(
            host.Objects, new Dictionary<string, byte[]> { ["patient"] = [1], ["sheet"] = [2], ["source"] = [3] });
        study.Series[0].Reasons.Add(ReasonCode.HeadOutline.Because("The head fits the reference poorly."));
        study.Series[0].SetAside.Add(ReasonCode.SetAside.Because("24 images (echo time 15 ms): not T2 weighted."));
        await host.AddAsync(study);

        var byUid = await GetAsync(host, $"api/studies/{study.StudyInstanceUid}");
        var byId = await GetAsync(host, $"api/studies/{study.Id}");

        Assert.Equal(byId.ToJsonString(), byUid.ToJsonString());
        Assert.Equal(
            [
                "id", "studyInstanceUid", "revision", "state", "urgentBy", "patientConflict", "patients", "patientChoices", "completion",
                "series",
            ],
            Names(byId));
        Assert.Equal((study.Id.ToString(), study.StudyInstanceUid, 1, "delivered"),
            ((string)byId["id"]!, (string)byId["studyInstanceUid"]!, (int)byId["revision"]!, (string)byId["state"]!));
        Assert.Equal(["rule", "at", "instances"], Names(byId["completion"]!));
        Assert.Equal(("released-quiet", study.CompletedAt, 2),
            ((string)byId["completion"]!["rule"]!, byId["completion"]!["at"]!.GetValue<DateTimeOffset>(),
                (int)byId["completion"]!["instances"]!));
        var (source, derived) = (byId["series"]![0]!, byId["series"]![1]!);
        Assert.Equal(
            ["id", "seriesInstanceUid", "modality", "origin", "state", "reasons", "setAside", "releases", "verdicts",
                "chosenSopInstanceUid", "derivedFromSeriesUid", "model", "measures", "pictures", "instances"],
            Names(source));
        Assert.Equal(("received", "translated", "MR"), ((string)source["origin"]!, (string)source["state"]!, (string)source["modality"]!));
        Assert.Equal("""[{"code":"head-outline","text":"The head fits the reference poorly."}]""", source["reasons"]!.ToJsonString());
        Assert.Equal(
            """[{"code":"set-aside","text":"24 images (echo time 15 ms): not T2 weighted."}]""", source["setAside"]!.ToJsonString());
        Assert.Equal(study.Series[0].Instances[1].SopInstanceUid, (string)source["chosenSopInstanceUid"]!);
        Assert.Equal(
            ("derived", "delivered", "cyclegan-brain 1.2"),
            ((string)derived["origin"]!, (string)derived["state"]!, (string)derived["model"]!));
        Assert.Equal(study.Series[0].SeriesInstanceUid, (string)derived["derivedFromSeriesUid"]!);
        Assert.Equal(["sopInstanceUid", "sha256", "href"], Names(derived["instances"]![0]!));
        Assert.Equal(["sheet", "source", "patient"], derived["pictures"]!.AsArray()
            .Select(url => study.Series[1].Pictures.Single(p => ((string)url!).EndsWith(p.Id.ToString(), StringComparison.Ordinal)).Kind));
    }

    [Theory, EachDatabase]
    public async Task Pages_walk_every_study_once_newest_first_even_when_times_are_equal(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var studies = Enumerable.Range(0, 7).Select(n => Sample.Study(Sample.Noon.AddSeconds(n / 3))).ToList();
        await host.AddAsync(studies);

        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await GetAsync(host, $"api/studies?limit=2{(next is null ? "" : "&cursor=" + next)}");
            seen.AddRange(page["items"]!.AsArray().Select(s => (string)s!["studyInstanceUid"]!));
            next = (string?)page["next"];
        }
        while (next is not null);

        var times = seen.Select(uid => studies.Single(s => s.StudyInstanceUid == uid).FirstReceivedAt).ToList();
        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(7, seen.Count);
        Assert.Equal(times.OrderDescending(), times);
    }

    [Theory, EachDatabase]
    public async Task The_list_finds_by_the_same_state_that_the_study_itself_shows(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var expected = StatesToShow();
        await host.AddAsync(expected.Select(e => e.Study));

        foreach (var (study, state) in expected)
        {
            Assert.Equal(state, (string)(await GetAsync(host, $"api/studies/{study.Id}"))["state"]!);
            var row = Assert.Single((await GetAsync(host, $"api/studies?studyInstanceUid={study.StudyInstanceUid}"))["items"]!.AsArray());
            Assert.Equal(state, (string)row!["state"]!);
            var listed = (await GetAsync(host, $"api/studies?state={state}"))["items"]!.AsArray().Select(s => (string)s!["id"]!);
            Assert.Equal(expected.Where(e => e.State == state).Select(e => e.Study.Id.ToString()).Order(), listed.Order());
        }
    }

    [Fact]
    public async Task The_list_tells_modalities_and_counts_and_no_patient()
    {
        await using var host = await PortalHost.StartAsync();
        await host.AddAsync(await Sample.TranslatedAsync(host.Objects));

        var row = (await GetAsync(host, "api/studies"))["items"]![0]!;

        Assert.Equal("""["CT","MR"]""", row["modalities"]!.ToJsonString());
        Assert.Equal((1, 1), ((int)row["received"]!, (int)row["derived"]!));
        Assert.DoesNotContain("4711", row.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/studies?limit=0", "limit")]
    [InlineData("api/studies?limit=201", "limit")]
    [InlineData("api/studies?limit=many", "limit")]
    [InlineData("api/studies?cursor=abc", "cursor")]
    [InlineData("api/studies?state=Translated", "state")]
    [InlineData("api/refusals?limit=-1", "limit")]
    [InlineData("api/failures?cursor=%00", "cursor")]
    [InlineData("api/associations?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!", "cursor")]
    public async Task A_bad_parameter_is_named_in_a_problem(string path, string parameter)
    {
        var host = empty.Host;

        var problem = await ProblemAsync(host, path, HttpStatusCode.BadRequest);

        Assert.NotNull(problem["errors"]![parameter]);
    }

    [Theory]
    [InlineData("api/studies/1.2.3")]
    [InlineData("api/studies/00000000-0000-0000-0000-000000000000")]
    [InlineData("api/instances/1.2.3/file")]
    [InlineData("api/pictures/00000000-0000-0000-0000-000000000000")]
    [InlineData("api/pictures/..%2f..%2fetc%2fpasswd")]
    [InlineData("api/nothing")]
    [InlineData("nothing")]
    public async Task What_is_not_there_is_a_problem(string path)
    {
        var host = empty.Host;

        await ProblemAsync(host, path, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_method_that_is_not_offered_is_a_problem()
    {
        var host = empty.Host;

        var answer = await host.Client.DeleteAsync(new Uri("api/studies", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(
            (HttpStatusCode.MethodNotAllowed, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task What_goes_wrong_inside_is_a_problem_that_tells_nothing()
    {
        await using var host = await PortalHost.StartAsync();
        await using (var db = host.Database.Open())
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(
                db.Database, "ALTER TABLE studies RENAME TO gone", TestContext.Current.CancellationToken);

        var problem = await ProblemAsync(host, "api/studies", HttpStatusCode.InternalServerError);

        Assert.DoesNotContain("studies", problem.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    private static List<(Study Study, string State)> StatesToShow()
    {
        (Study, string) Case(string word, StudyState state, params (SeriesState State, SeriesOrigin Origin)[] series)
        {
            var study = Sample.Study(state: state);
            foreach (var one in series)
                Sample.Series(study, one.State, one.Origin);
            return (study, word);
        }

        const SeriesOrigin received = SeriesOrigin.Received, derived = SeriesOrigin.Derived;
        return
        [
            Case("receiving", StudyState.Receiving),
            Case("receiving", StudyState.Receiving, (SeriesState.Failed, received)),
            Case("received", StudyState.Received),
            Case("received", StudyState.Received, (SeriesState.Received, received)),
            Case("received", StudyState.Received, (SeriesState.Translating, received), (SeriesState.Delivered, derived)),
            Case("ineligible", StudyState.Received, (SeriesState.Ineligible, received), (SeriesState.Ineligible, received)),
            Case("held", StudyState.Received, (SeriesState.Held, received), (SeriesState.Queued, received)),
            Case("failed", StudyState.Received, (SeriesState.Failed, received), (SeriesState.Held, received)),
            Case("translated", StudyState.Received, (SeriesState.Translated, received)),
            Case(
                "translated", StudyState.Received, (SeriesState.Translated, received), (SeriesState.Translated, derived),
                (SeriesState.Delivered, derived)),
            Case("translated", StudyState.Received, (SeriesState.Translated, received), (SeriesState.Delivering, derived)),
            Case(
                "delivered", StudyState.Received, (SeriesState.Translated, received), (SeriesState.Ineligible, received),
                (SeriesState.Delivered, derived)),
        ];
    }

    private static async Task<JsonNode> GetAsync(PortalHost host, string path) =>
        JsonNode.Parse(await host.Client.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    private static async Task<JsonNode> ProblemAsync(PortalHost host, string path, HttpStatusCode status)
    {
        var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.NotNull(problem["title"]);
        return problem;
    }

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(p => p.Key);
}
