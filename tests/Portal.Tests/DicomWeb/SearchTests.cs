using System.Net;
using System.Text.Json.Nodes;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class SearchTests(EmptyPortal empty) : IClassFixture<EmptyPortal>
{
    private static readonly PatientIdentity Doe = new("4711", "WARD", "DOE^JOHN", "19700101", "M");
    private static readonly PatientIdentity Yamada = new("ab_12", "", "Yamada^Tarou=山田^太郎=やまだ^たろう", "19800202", "F");
    private static readonly PatientIdentity Doering = new("4712", "", "DOERING^ANNA", "", "F");

    /// <summary>Each query and the studies it finds: A (Doe), B (Yamada), C (Doering, received only).</summary>
    private static readonly (string Query, string Found)[] Studies =
    [
        ("", "CBA"),
        ("?PatientID=4711", "A"),
        ("?00100020=4711", "A"),
        ("?PatientID=471?", "CA"),
        ("?PatientID=471*&PatientSex=F", "C"),
        ("?PatientID=AB_12", ""),
        ("?PatientID=ab?12", "B"),
        ("?PatientID=%25", ""),
        ("?PatientID=a%5Bb%5D*", ""),
        ("?PatientID=", "CBA"),
        ("?PatientID=*", "CBA"),
        ("?IssuerOfPatientID=WARD", "A"),
        ("?PatientName=doe*", "CA"),
        ("?PatientName=Doe^John", "A"),
        ("?PatientName=doe", ""),
        ("?PatientName=doe^john^", "A"),
        ("?PatientName=山田*", "B"),
        ("?PatientName=*tarou", "B"),
        ("?PatientName=d_e*", ""),
        ("?PatientName=d?e*", "CA"),
        ("?PatientBirthDate=19700101", "A"),
        ("?PatientBirthDate=-19991231", "BA"),
        ("?StudyDate=20261122", "A"),
        ("?StudyDate=20261122-20261123", "BA"),
        ("?StudyDate=20261123-", "CB"),
        ("?StudyDate=-20261122", "A"),
        ("?StudyTime=10", "CBA"),
        ("?StudyTime=1015", "CBA"),
        ("?StudyTime=-1014", ""),
        ("?StudyTime=1015-1016", "CBA"),
        ("?AccessionNumber=ACC-2", "B"),
        ("?AccessionNumber=ACC-*", "CBA"),
        ("?StudyDescription=B*n", "CBA"),
        ("?ModalitiesInStudy=CT", "BA"),
        ("?ModalitiesInStudy=CT,MR", "CBA"),
        ("?ModalitiesInStudy=PT", ""),
        ("?limit=1", "C"),
        ("?limit=1&offset=1", "B"),
        ("?limit=5&offset=2", "A"),
        ("?offset=3", ""),
        ("?limit=0", ""),
        ("?limit=101&offset=0&fuzzymatching=false&includefield=00081030,00080060,00080090,00100030", "CBA"),
    ];

    [Theory, EachDatabase]
    public async Task Both_databases_find_the_studies_that_match_and_no_other(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var letters = await FillAsync(host);

        foreach (var (query, expected) in Studies)
        {
            var found = await FindAsync(host, "studies" + query);
            Assert.Equal($"{query}: {expected}", $"{query}: {string.Concat(found.Select(s => letters[Text(s!, "0020000D")]))}");
        }
        foreach (var (uids, expected) in new[] { ("A", "A"), ("C,A", "CA"), ("C\\B", "CB") })
        {
            var asked = string.Concat(uids.Select(u => letters.FirstOrDefault(l => l.Value == $"{u}").Key ?? $"{u}"));
            var found = await FindAsync(host, "studies?StudyInstanceUID=" + asked);
            Assert.Equal(expected, string.Concat(found.Select(s => letters[Text(s!, "0020000D")])));
        }
    }

    [Theory, EachDatabase]
    public async Task Series_and_instances_of_a_study_are_those_received_and_those_made(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var study = WebSample.Study(Doe);
        var (source, derived) = await WebSample.AddPairAsync(host, study, images: 3);
        await host.AddAsync(study);
        await FillAsync(host);
        var path = $"studies/{study.StudyInstanceUid}";

        var series = await FindAsync(host, path + "/series?includefield=00080021,00080031,0008103E,00200011");
        var instances = await FindAsync(host, path + "/instances");
        var second = await FindAsync(host, $"{path}/series/{derived.SeriesInstanceUid}/instances?InstanceNumber=2");
        var ct = await FindAsync(host, $"series?Modality=CT&StudyInstanceUID={study.StudyInstanceUid}");
        var numbered = await FindAsync(host, path + "/series?SeriesNumber=1004&SeriesDescription=SYNTHETIC*");
        var anywhere = await FindAsync(host, $"instances?SOPInstanceUID={source.Instances[1].SopInstanceUid}&PatientID=4711");

        Assert.Equal([source.SeriesInstanceUid, derived.SeriesInstanceUid], series.Select(s => Text(s!, "0020000E")));
        Assert.Equal([3, 3], series.Select(s => (int)s!["00201209"]!["Value"]![0]!));
        Assert.Equal(
            source.Instances.Concat(derived.Instances).Select(i => i.SopInstanceUid), instances.Select(i => Text(i!, "00080018")));
        Assert.Equal(derived.Instances[1].SopInstanceUid, Text(Assert.Single(second)!, "00080018"));
        Assert.Equal(derived.SeriesInstanceUid, Text(Assert.Single(ct)!, "0020000E"));
        Assert.Equal(derived.SeriesInstanceUid, Text(Assert.Single(numbered)!, "0020000E"));
        Assert.Equal("DOE^JOHN", (string)Assert.Single(anywhere)!["00100010"]!["Value"]![0]!["Alphabetic"]!);
    }

    [Theory, EachDatabase]
    public async Task What_does_not_count_is_not_found(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var study = WebSample.Study(Doe);
        var wrong = WebSample.AddPatient(study, Doering, ruledOut: true);
        var (source, derived) = await WebSample.AddPairAsync(host, study, images: 1);
        await WebSample.AddAsync(host.Objects, source, WebSample.Dataset(study, source, 2), 2, conflict: true);
        await WebSample.AddAsync(host.Objects, source, WebSample.Dataset(study, source, 3), 3, patient: wrong.Id);
        var superseded = Sample.Series(study, SeriesState.Superseded, SeriesOrigin.Derived, source);
        await WebSample.AddAsync(host.Objects, superseded, WebSample.Dataset(study, superseded, 1));
        await host.AddAsync(study);

        var instances = await FindAsync(host, $"studies/{study.StudyInstanceUid}/instances");
        var found = Assert.Single(await FindAsync(host, "studies"))!;

        Assert.Equal(
            [source.Instances[0].SopInstanceUid, derived.Instances[0].SopInstanceUid], instances.Select(i => Text(i!, "00080018")));
        Assert.Equal((2, 2), ((int)found["00201206"]!["Value"]![0]!, (int)found["00201208"]!["Value"]![0]!));
        Assert.Empty(await FindAsync(host, "studies?PatientName=DOERING*"));
        var gone = $"studies/{study.StudyInstanceUid}/series/{superseded.SeriesInstanceUid}/instances";
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(host, gone)).StatusCode);
    }

    [Fact]
    public async Task Results_have_the_attributes_of_their_level_and_those_asked_for()
    {
        await using var host = await PortalHost.StartAsync();
        var study = WebSample.Study(Yamada);
        var (source, _) = await WebSample.AddPairAsync(host, study);
        await host.AddAsync(study);

        var found = Assert.Single(await FindAsync(host, "studies"))!;
        var more = Assert.Single(await FindAsync(host, "studies?includefield=StudyDescription&includefield=00080060"))!;
        var series = (await FindAsync(host, $"studies/{study.StudyInstanceUid}/series"))[0]!;
        var instance = (await FindAsync(host, $"studies/{study.StudyInstanceUid}/series/{source.SeriesInstanceUid}/instances"))[0]!;
        var all = (await FindAsync(host, $"studies/{study.StudyInstanceUid}/instances?includefield=all"))[0]!;

        Assert.Equal(
            ["00080005", "00080020", "00080030", "00080050", "00080056", "00080061", "00080090", "00080201", "00081190", "00100010",
                "00100020", "00100030", "00100040", "0020000D", "00200010", "00201206", "00201208"],
            Names(found));
        Assert.Equal(("ISO_IR 192", "MÜLLER^EVA", "S77"), (
            Text(found, "00080005"), (string)found["00080090"]!["Value"]![0]!["Alphabetic"]!, Text(found, "00200010")));
        Assert.Equal("""["CT","MR"]""", found["00080061"]!["Value"]!.ToJsonString());
        Assert.Equal("山田^太郎", (string)found["00100010"]!["Value"]![0]!["Ideographic"]!);
        Assert.Equal($"{host.Url}dicomweb/studies/{study.StudyInstanceUid}", Text(found, "00081190"));
        Assert.Equal("Brain", Text(more, "00081030"));
        Assert.Null(more["00080060"]);    // of a series, and so not of a study's result
        Assert.Equal(
            ["00080005", "00080060", "00080201", "0008103E", "00081190", "0020000D", "0020000E", "00200011", "00201209"], Names(series));
        Assert.Equal(
            ["00080005", "00080016", "00080018", "00080056", "00080201", "00081190", "0020000D", "0020000E", "00200013", "00280010",
                "00280011", "00280100"],
            Names(instance));
        Assert.Equal(WebSample.Rows, (int)instance["00280010"]!["Value"]![0]!);
        var ofStudy = (await FindAsync(host, $"studies/{study.StudyInstanceUid}/instances"))[0]!;
        Assert.Equal(("MR", 4), (Text(ofStudy, "00080060"), (int)ofStudy["00200011"]!["Value"]![0]!));
        Assert.Null(ofStudy["00100020"]);
        Assert.Contains("00200032", Names(all));
        Assert.DoesNotContain("7FE00010", Names(all));
    }

    [Fact]
    public async Task A_study_of_two_patients_is_found_by_either_and_names_neither()
    {
        await using var host = await PortalHost.StartAsync();
        var study = WebSample.Study(Doe);
        WebSample.AddPatient(study, Doering);
        (study.PatientId, study.AccessionNumber, study.PatientConflict) = (null, null, true);
        await WebSample.AddPairAsync(host, study);
        await host.AddAsync(study);

        foreach (var name in (string[])["DOE^JOHN", "DOERING^ANNA"])
        {
            var found = Assert.Single(await FindAsync(host, $"studies?PatientName={name}&includefield=00101010"))!;
            Assert.Equal("""{"vr":"PN"}""", found["00100010"]!.ToJsonString());
            Assert.Equal("""{"vr":"LO"}""", found["00100020"]!.ToJsonString());
        }
    }

    [Theory]
    [InlineData("studies?PatientNam=DOE", "PatientNam")]
    [InlineData("studies?ReferringPhysicianName=MUELLER", "ReferringPhysicianName")]
    [InlineData("studies?Modality=MR", "Modality")]
    [InlineData("studies?0010002=4711", "0010002")]
    [InlineData("studies?StudyDate=2026-11-22", "StudyDate")]
    [InlineData("studies?StudyDate=20261301", "StudyDate")]
    [InlineData("studies?StudyDate=-", "StudyDate")]
    [InlineData("studies?StudyTime=25", "StudyTime")]
    [InlineData("studies?StudyInstanceUID=1.2.*", "StudyInstanceUID")]
    [InlineData("studies?limit=-1", "limit")]
    [InlineData("studies?limit=x", "limit")]
    [InlineData("studies?offset=1.5", "offset")]
    [InlineData("studies?limit=1&limit=2", "limit")]
    [InlineData("studies?PatientID=1&PatientID=2", "PatientID")]
    [InlineData("studies?PatientID=1&00100020=2", "00100020")]
    [InlineData("studies?includefield=Nonsense", "includefield")]
    [InlineData("studies?fuzzymatching=maybe", "fuzzymatching")]
    [InlineData("studies?PatientName=*a*a*a*a*a*a*a*a*a", "PatientName")]
    [InlineData("series?00400275.00400009=1", "00400275.00400009")]
    public async Task What_cannot_be_asked_is_refused_by_name(string query, string parameter)
    {
        var answer = await GetAsync(empty.Host, query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(parameter, Assert.Single(problem["errors"]!.AsObject()).Key);
    }

    [Fact]
    public async Task Nothing_found_is_no_content_and_an_unknown_study_is_not_found()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await GetAsync(empty.Host, "studies")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(empty.Host, "studies/1.2.3/series")).StatusCode);
    }

    [Theory]
    [InlineData("application/dicom+json", HttpStatusCode.NoContent)]
    [InlineData("application/json", HttpStatusCode.NoContent)]
    [InlineData("*/*", HttpStatusCode.NoContent)]
    [InlineData("multipart/related; type=\"application/dicom+xml\", application/dicom+json;q=0.5", HttpStatusCode.NoContent)]
    [InlineData("multipart/related; type=\"application/dicom+xml\"", HttpStatusCode.NotAcceptable)]
    public async Task Json_is_what_is_served(string accept, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "dicomweb/studies");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        Assert.Equal(status, (await empty.Host.Client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Who_asks_for_names_by_sound_is_told_that_letters_were_compared()
    {
        var answer = await GetAsync(empty.Host, "studies?PatientName=DOE&fuzzymatching=true");

        Assert.StartsWith("299 ", answer.Headers.GetValues("Warning").Single(), StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, string>> FillAsync(PortalHost host)
    {
        var studies = new[]
        {
            WebSample.Study(Doe, "20261122", "ACC-1"),
            WebSample.Study(Yamada, "20261123", "ACC-2", second: 1),
            WebSample.Study(Doering, "20261124", "ACC-3", second: 2),
        };
        foreach (var study in studies[..2])
            await WebSample.AddPairAsync(host, study, images: 1);
        var series = Sample.Series(studies[2], SeriesState.Received);
        await WebSample.AddAsync(host.Objects, series, WebSample.Dataset(studies[2], series, 1));
        await host.AddAsync(studies);
        await host.AddAsync(WebSample.Study(Doe, second: 3));    // none of its images counts, and so it is not there
        return studies.Zip("ABC").ToDictionary(pair => pair.First.StudyInstanceUid, pair => $"{pair.Second}");
    }

    private static async Task<JsonArray> FindAsync(PortalHost host, string query)
    {
        var answer = await GetAsync(host, query);
        if (answer.StatusCode == HttpStatusCode.NoContent)
            return [];
        Assert.Equal((HttpStatusCode.OK, "application/dicom+json"), (answer.StatusCode, $"{answer.Content.Headers.ContentType}"));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsArray();
    }

    private static Task<HttpResponseMessage> GetAsync(PortalHost host, string query) =>
        host.Client.GetAsync(new Uri("dicomweb/" + query, UriKind.Relative), TestContext.Current.CancellationToken);

    private static string Text(JsonNode result, string tag) => (string)result[tag]!["Value"]![0]!;

    private static IEnumerable<string> Names(JsonNode result) => result.AsObject().Select(member => member.Key);
}
