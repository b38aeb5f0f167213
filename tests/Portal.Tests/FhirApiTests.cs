using System.Net;

using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

using Gateway.Persistence;
using Gateway.Testing;

using Study = Gateway.Persistence.Study;
using Task = System.Threading.Tasks.Task;

namespace Gateway.Portal.Tests;

public class FhirApiTests(EmptyPortal empty) : IClassFixture<EmptyPortal>
{
    [Fact]
    public async Task The_capability_statement_reads_strictly_and_what_it_lists_is_served()
    {
        var host = empty.Host;

        var statement = await ReadAsync<CapabilityStatement>(host, "fhir/metadata");

        Assert.Equal(FHIRVersion.N4_0_1, statement.FhirVersion);
        foreach (var resource in statement.Rest.Single().Resource)
        {
            await ReadAsync<Bundle>(host, $"fhir/{resource.Type}");
            foreach (var parameter in resource.SearchParam)
                await ReadAsync<Bundle>(
                    host, $"fhir/{resource.Type}?{parameter.Name}={(parameter.Type == SearchParamType.Date ? "2026" : "x")}");
        }
    }

    [Fact]
    public async Task A_uid_that_is_no_valid_oid_is_found_as_it_stands_and_as_oids_are_asked_for()
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.Study();
        var resource = Sample.ImagingStudy(study);
        (resource.Identifier, resource.Json) =
            ("urn:dicom:uid|1.2.0123", resource.Json.Replace($"urn:oid:{study.StudyInstanceUid}", "1.2.0123", StringComparison.Ordinal));
        await host.AddAsync(study, resource);

        foreach (var asked in (string[])["1.2.0123", "urn:oid:1.2.0123", "urn:dicom:uid|1.2.0123", "urn:dicom:uid|urn:oid:1.2.0123"])
            Assert.Single((await ReadAsync<Bundle>(host, $"fhir/ImagingStudy?identifier={asked}")).Entry);
    }

    [Theory, EachDatabase]
    public async Task A_study_is_found_by_its_uid_its_accession_its_patient_and_its_id(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var study = await StoreAsync(host, accession: "ACC-7", patient: "77");
        await StoreAsync(host, accession: "ACC-8", patient: "88");

        foreach (var query in (string[])
        [
            $"identifier=urn:dicom:uid|urn:oid:{study.StudyInstanceUid}",
            $"identifier=urn%3Adicom%3Auid%7Curn%3Aoid%3A{study.StudyInstanceUid}",
            $"identifier=urn:oid:{study.StudyInstanceUid}",
            $"identifier={study.StudyInstanceUid}",
            $"identifier=1.2.3,{study.StudyInstanceUid}",
            "identifier=ACC-7",
            "identifier=|ACC-7",
            "patient:identifier=urn:oid:2.25.1|77",
            "subject:identifier=77",
            $"_id={study.Id}",
            $"_id={study.Id}&patient:identifier=77&identifier=ACC-7&_count=10&_format=json",
        ])
        {
            var bundle = await ReadAsync<Bundle>(host, "fhir/ImagingStudy?" + query);
            var entry = Assert.Single(bundle.Entry);
            Assert.Equal($"{host.Url}fhir/ImagingStudy/{study.Id}", entry.FullUrl);
            Assert.Equal((1, Bundle.SearchEntryMode.Match), (bundle.Total, entry.Search!.Mode));
        }
    }

    [Theory, EachDatabase]
    public async Task A_value_in_another_system_or_of_another_parameter_is_not_a_match(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var study = await StoreAsync(host, accession: "ACC-7", patient: "77");

        foreach (var query in (string[])
        [
            $"identifier=urn:other|urn:oid:{study.StudyInstanceUid}",
            $"identifier=|urn:oid:{study.StudyInstanceUid}",
            "identifier=77",
            "identifier=urn:dicom:uid|ACC-7",
            "patient:identifier=urn:oid:2.25.9|77",
            "patient:identifier=ACC-7",
            $"_id={study.Id}&patient:identifier=88",
        ])
            Assert.Empty((await ReadAsync<Bundle>(host, "fhir/ImagingStudy?" + query)).Entry);
    }

    [Theory, EachDatabase]
    public async Task Search_pages_walk_every_resource_once(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        for (var n = 0; n < 5; n++)
            await StoreAsync(host, $"A{n}", "77");

        var seen = new List<string>();
        for (var url = "fhir/ImagingStudy?patient:identifier=77&_count=2"; url is not null;)
        {
            var bundle = await ReadAsync<Bundle>(host, url);
            seen.AddRange(bundle.Entry.Select(e => e.Resource!.Id!));
            url = bundle.NextLink?.OriginalString;
        }

        Assert.Equal(5, seen.Count);
        Assert.Equal(5, seen.Distinct().Count());
    }

    [Fact]
    public async Task The_record_of_a_study_is_found_by_its_target()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await StoreAsync(host, "A", "77");
        await host.AddAsync(Sample.Provenance(study));

        Assert.Single((await ReadAsync<Bundle>(host, $"fhir/Provenance?target=ImagingStudy/{study.Id}")).Entry);
        Assert.Single((await ReadAsync<Bundle>(host, $"fhir/Provenance?target={study.Id}")).Entry);
        Assert.Empty((await ReadAsync<Bundle>(host, "fhir/Provenance?target=ImagingStudy/other")).Entry);
    }

    [Fact]
    public async Task A_resource_is_read_with_its_version_and_not_sent_twice()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await StoreAsync(host, "A", "77");
        var url = $"fhir/ImagingStudy/{study.Id}";

        var answer = await GetAsync(host, url);
        var again = await GetAsync(host, url, ("If-None-Match", "W/\"3\""));
        var changed = await GetAsync(host, url, ("If-None-Match", "W/\"2\""));

        Assert.Equal("W/\"3\"", answer.Headers.ETag!.ToString());
        Assert.Equal(Sample.Noon.AddMinutes(2), answer.Content.Headers.LastModified);
        Assert.Equal("application/fhir+json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (again.StatusCode, changed.StatusCode));
        Assert.Equal(study.Id.ToString(), (await ReadAsync<ImagingStudy>(host, url + "/_history/3")).Id);
    }

    [Theory]
    [InlineData("fhir/ImagingStudy/none", 404, OperationOutcome.IssueType.NotFound)]
    [InlineData("fhir/Patient", 404, OperationOutcome.IssueType.NotFound)]
    [InlineData("fhir/Patient/1", 404, OperationOutcome.IssueType.NotFound)]
    [InlineData("fhir/a/b/c/d/e", 404, OperationOutcome.IssueType.NotFound)]
    [InlineData("fhir", 404, OperationOutcome.IssueType.NotFound)]
    [InlineData("fhir/ImagingStudy?bodysite=HEAD", 400, OperationOutcome.IssueType.Invalid)]
    [InlineData("fhir/ImagingStudy?status:not=available", 400, OperationOutcome.IssueType.Invalid)]
    [InlineData("fhir/ImagingStudy?identifier=urn:dicom:uid|", 400, OperationOutcome.IssueType.Invalid)]
    [InlineData("fhir/ImagingStudy?_count=-1", 400, OperationOutcome.IssueType.Invalid)]
    [InlineData("fhir/ImagingStudy?started=yesterday", 400, OperationOutcome.IssueType.Invalid)]
    [InlineData("fhir/ImagingStudy?_sort=status", 400, OperationOutcome.IssueType.Invalid)]
    [InlineData("fhir/ImagingStudy?_include=Device:patient", 400, OperationOutcome.IssueType.Invalid)]
    [InlineData("fhir/ImagingStudy?_include=Provenance:target", 400, OperationOutcome.IssueType.Invalid)]
    [InlineData("fhir/ImagingStudy?_format=xml", 406, OperationOutcome.IssueType.NotSupported)]
    public async Task What_cannot_be_answered_is_an_operation_outcome(string path, int status, OperationOutcome.IssueType code)
    {
        var host = empty.Host;

        var answer = await GetAsync(host, path);

        Assert.Equal((status, "application/fhir+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var outcome = FhirJsonDeserializer.STRICT.Deserialize<OperationOutcome>(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(code, outcome.Issue.Single().Code);
    }

    [Theory]
    [InlineData("application/fhir+xml", HttpStatusCode.NotAcceptable)]
    [InlineData("application/fhir+json", HttpStatusCode.OK)]
    [InlineData("application/json", HttpStatusCode.OK)]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", HttpStatusCode.OK)]
    public async Task Only_json_is_spoken(string accept, HttpStatusCode status)
    {
        var host = empty.Host;

        Assert.Equal(status, (await GetAsync(host, "fhir/metadata", ("Accept", accept))).StatusCode);
    }

    private static async Task<Study> StoreAsync(PortalHost host, string accession, string patient)
    {
        var study = Sample.Study();
        (study.AccessionNumber, study.PatientId) = (accession, patient);
        await host.AddAsync(study, Sample.ImagingStudy(study));
        return study;
    }

    private static async Task<HttpResponseMessage> GetAsync(PortalHost host, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await host.Client.SendAsync(request);
    }

    private static async Task<T> ReadAsync<T>(PortalHost host, string path)
        where T : Resource
    {
        var answer = await GetAsync(host, path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return FhirJsonDeserializer.STRICT.Deserialize<T>(text);
    }
}
