using System.Net;

using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

using Gateway.Persistence;
using Gateway.Testing;

using Task = System.Threading.Tasks.Task;

namespace Gateway.Portal.Tests;

/// <summary>Every search that the CapabilityStatement declares, on both databases.</summary>
public class FhirSearchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>By type and parameter: what finds the first of two, and what finds neither.</summary>
    private static readonly Dictionary<string, (string Found, string None)> Searches = new()
    {
        ["ImagingStudy _id"] = ("a1", "a9"),
        ["ImagingStudy _lastUpdated"] = ("lt2026-11-22T12:05:00Z", "2026-11-21"),
        ["ImagingStudy endpoint"] = ("Endpoint/e1", "Endpoint/e9"),
        ["ImagingStudy identifier"] = ("ACC-a1", "ACC-a9"),
        ["ImagingStudy modality"] = ("http://dicom.nema.org/resources/ontology/DCM|MR", "urn:x|MR"),
        ["ImagingStudy patient"] = ("", "Patient/Pa1"),
        ["ImagingStudy performer"] = ("Device/d1", "Device/d9"),
        ["ImagingStudy series"] = ("urn:dicom:uid|urn:oid:1.2.9.1", "1.2.3"),
        ["ImagingStudy started"] = ("2026-11-01", "gt2027"),
        ["ImagingStudy status"] = ("http://hl7.org/fhir/imagingstudy-status|available", "cancelled"),
        ["ImagingStudy subject"] = ("", "Patient/Pa1"),
        ["Provenance _id"] = ("p1", "p9"),
        ["Provenance _lastUpdated"] = ("", "gt2026-11-22"),
        ["Provenance agent"] = ("Device/d1", "Device/p1"),
        ["Provenance target"] = ("ImagingStudy/a1", "ImagingStudy/a9"),
        ["Device _id"] = ("d1", "d9"),
        ["Device _lastUpdated"] = ("", "lt2026-11-22"),
        ["Device identifier"] = ("2.25.100", "2.25.999"),
        ["Endpoint _id"] = ("e1", "e9"),
        ["Endpoint _lastUpdated"] = ("", "sa2026-11-22"),
    };

    [Theory, EachDatabase]
    public async Task Each_declared_search_finds_what_it_is_asked_for_and_nothing_else(DatabaseProvider provider)
    {
        await using var host = await HostAsync(provider);
        var statement = await ReadAsync<CapabilityStatement>(host, "fhir/metadata");
        var declared = statement.Rest.Single().Resource
            .SelectMany(resource => resource.SearchParam.Select(parameter => $"{resource.Type} {parameter.Name}")).ToList();

        Assert.Equal(Searches.Keys.Order(), declared.Order());
        foreach (var (search, (found, none)) in Searches)
        {
            var url = $"fhir/{search.Replace(" ", "?", StringComparison.Ordinal)}=";
            if (found.Length > 0)
                Assert.Single((await ReadAsync<Bundle>(host, url + Uri.EscapeDataString(found))).Entry);
            Assert.Empty((await ReadAsync<Bundle>(host, url + Uri.EscapeDataString(none))).Entry);
        }
        foreach (var resource in statement.Rest.Single().Resource)
        {
            foreach (var include in resource.SearchInclude)
                Assert.NotEmpty(await IncludedAsync(host, $"fhir/{resource.Type}?_include={include}"));
            foreach (var include in resource.SearchRevInclude)
                Assert.NotEmpty(await IncludedAsync(host, $"fhir/{resource.Type}?_revinclude={include}"));
        }
    }

    [Theory]
    [InlineData("started=2026-11", "a1 b2")]
    [InlineData("started=ge2026-11-02", "b2")]
    [InlineData("started=2026-11-01T23", "")]
    [InlineData("started=2026-11-01T23:30", "a1")]
    [InlineData("started=eq2026-11-01T22:30:00Z", "a1")]
    [InlineData("started=2026-11-01T23:30:00%2B01:00", "a1")]
    [InlineData("started=2026-11-01T23:30:00+01:00", "a1")]
    [InlineData("started=ne2026-11-01", "b2")]
    [InlineData("started=lt2026-11-02", "a1")]
    [InlineData("started=le2026-11-02", "a1 b2")]
    [InlineData("started=sa2026-11-01", "b2")]
    [InlineData("started=eb2026-11-02", "a1")]
    [InlineData("started=gt2026-11-01&started=lt2026-11-03", "b2")]
    [InlineData("started=2026-11-01,2026-11-02", "a1 b2")]
    [InlineData("modality=MR,CT", "a1 b2")]
    [InlineData("modality=OT&status=registered", "b2")]
    [InlineData("patient.identifier=urn:oid:2.25.1|Pa1", "a1")]
    [InlineData("subject:identifier=Pb2", "b2")]
    public async Task Dates_are_spans_and_parameters_narrow_one_another(string query, string expected)
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite);
        if (query == "started=2026-11-01T23")
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync("fhir/ImagingStudy?" + query, Cancel)).StatusCode);
            return;
        }

        Assert.Equal(expected, string.Join(' ', Ids(await ReadAsync<Bundle>(host, "fhir/ImagingStudy?" + query))));
    }

    [Theory, EachDatabase]
    public async Task Pages_walk_in_every_order_over_each_once(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        string[] days = ["2026-11-03", "2026-11-01T10:00:00Z", "2026-11-02", "2026-11-01T09:00:00Z", "2026-11-02"];
        for (var i = 0; i < days.Length; i++)
            await AddAsync(host, FhirRows.Study($"s{i}", days[i], changedAfter: (i * 3) % 5));

        foreach (var (sort, expected) in new[]
        {
            ("_id", "s0 s1 s2 s3 s4"), ("-_id", "s4 s3 s2 s1 s0"), ("started", "s3 s1 s2 s4 s0"), ("-started", "s0 s2 s4 s1 s3"),
            ("_lastUpdated", "s0 s2 s4 s1 s3"), ("-_lastUpdated", "s3 s1 s4 s2 s0"),
        })
        {
            var seen = new List<string>();
            for (var url = $"fhir/ImagingStudy?_sort={sort}&_count=2&modality=MR"; url is not null;)
            {
                var page = await ReadAsync<Bundle>(host, url);
                Assert.InRange(page.Entry.Count, 1, 2);
                seen.AddRange(Ids(page));
                url = page.NextLink?.OriginalString;
            }
            Assert.Equal(expected, string.Join(' ', seen));
        }
    }

    [Fact]
    public async Task A_page_is_full_as_long_as_there_are_matches_and_a_count_of_zero_is_the_total_alone()
    {
        await using var host = await PortalHost.StartAsync();
        for (var i = 0; i < 9; i++)
            await AddAsync(host, FhirRows.Study($"s{i}", "2026-11-01", modality: i % 3 == 0 ? "CT" : "MR"));

        var page = await ReadAsync<Bundle>(host, "fhir/ImagingStudy?modality=CT&_count=2&_total=accurate");
        var none = await ReadAsync<Bundle>(host, "fhir/ImagingStudy?modality=CT&_count=0");

        Assert.Equal((2, 3), (page.Entry.Count, page.Total));
        Assert.Single((await ReadAsync<Bundle>(host, page.NextLink!.OriginalString)).Entry);
        Assert.Equal((0, 3), (none.Entry.Count, none.Total));
        Assert.Equal(9, (await ReadAsync<Bundle>(host, "fhir/ImagingStudy?_summary=count")).Total);
    }

    [Fact]
    public async Task What_a_study_leads_to_and_what_leads_to_it_comes_along_once()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite);

        var bundle = await ReadAsync<Bundle>(
            host, "fhir/ImagingStudy?_id=a1&_include=ImagingStudy:endpoint&_include=ImagingStudy:performer&_revinclude=Provenance:target");

        Assert.Equal(
            ["match ImagingStudy/a1", "include Endpoint/e1", "include Device/d1", "include Provenance/p1"],
            bundle.Entry.Select(e => $"{e.Search!.Mode.ToString()!.ToLowerInvariant()} {e.Resource!.TypeName}/{e.Resource.Id}"));
        Assert.Equal(1, bundle.Total);
    }

    [Fact]
    public async Task An_absolute_target_of_here_is_found_and_one_of_elsewhere_is_not()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite);

        foreach (var version in (string[])["", "/_history/1"])
            Assert.Single((await ReadAsync<Bundle>(host, $"fhir/Provenance?target={host.Url}fhir/ImagingStudy/a1{version}")).Entry);
        Assert.Empty((await ReadAsync<Bundle>(host, "fhir/Provenance?target=http://other.example/fhir/ImagingStudy/a1")).Entry);
    }

    [Fact]
    public async Task A_search_by_post_is_the_same_search_and_head_is_get_without_a_body()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite);
        using var form = new FormUrlEncodedContent([new("patient:identifier", "Pa1"), new("_count", "5")]);
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        var posted = await host.Client.PostAsync("fhir/ImagingStudy/_search?status=available", form, Cancel);
        var refused = await host.Client.PostAsync("fhir/ImagingStudy/_search", json, Cancel);

        var bundle = FhirJsonDeserializer.STRICT.Deserialize<Bundle>(await posted.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(["a1"], Ids(bundle));
        Assert.Contains("status=available", bundle.SelfLink!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
        foreach (var path in (string[])["fhir/metadata", "fhir/ImagingStudy", "fhir/ImagingStudy/a1", "fhir/ImagingStudy/a1/_history/1"])
        {
            var (head, get) = (await HeadAsync(host, path), await host.Client.GetAsync(path, Cancel));
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (head.StatusCode, get.StatusCode));
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await HeadAsync(host, "fhir/ImagingStudy/a9")).StatusCode);
    }

    /// <summary>Two of each kind; only the first of each is what the searches are for.</summary>
    private static async Task<PortalHost> HostAsync(DatabaseProvider provider)
    {
        var host = await PortalHost.StartAsync(provider);
        var first = await AddAsync(host, FhirRows.Study("a1", "2026-11-01T23:30:00+01:00"));
        var second = await AddAsync(host, FhirRows.Study("b2", "2026-11-02", "registered", "CT", changedAfter: 10, endpoint: "e2"));
        await host.AddAsync(FhirRows.Provenance("p1", "a1", first.Id), FhirRows.Provenance("p2", "b2", second.Id, "other"));
        await host.AddAsync(FhirRows.Device("d1", "2.25.100"), FhirRows.Device("other", "2.25.101"));
        await host.AddAsync(FhirRows.Endpoint("e1"), FhirRows.Endpoint("e2"));
        return host;
    }

    private static async Task<Study> AddAsync(PortalHost host, (Study Study, FhirResource Resource) row)
    {
        await host.AddAsync(row.Study, row.Resource);
        return row.Study;
    }

    private static IEnumerable<string> Ids(Bundle bundle) => bundle.Entry.Select(e => e.Resource!.Id!);

    private static async Task<IEnumerable<string>> IncludedAsync(PortalHost host, string url) =>
        (await ReadAsync<Bundle>(host, url)).Entry
            .Where(e => e.Search!.Mode == Bundle.SearchEntryMode.Include).Select(e => e.Resource!.Id!);

    private static async Task<HttpResponseMessage> HeadAsync(PortalHost host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        return await host.Client.SendAsync(request, Cancel);
    }

    private static async Task<T> ReadAsync<T>(PortalHost host, string path)
        where T : Resource
    {
        var answer = await host.Client.GetAsync(path, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return FhirJsonDeserializer.STRICT.Deserialize<T>(text);
    }
}
