using System.Diagnostics;
using System.Text.Json.Nodes;
using Gateway.Persistence;
using Gateway.Testing;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Microsoft.Extensions.Time.Testing;

using Task = System.Threading.Tasks.Task;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Publishing to a server that fails, while others write the same study. eng/fhir-check fetches a server of others' making from
/// npm and puts it behind our faults.</summary>
public sealed class TwentyWritersTests
{
    private static readonly string? Packages = Environment.GetEnvironmentVariable("GATEWAY_MEDPLUM");
    private readonly FakeTimeProvider _time = new(SampleStudy.Received.AddMinutes(5));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_writers_leave_one_study_and_what_others_wrote_of_it()
    {
        using var node = Packages is null ? null : Start();
        await using var server = await FhirTestServer.StartAsync(
            node is null ? null : new Uri($"http://127.0.0.1:{await node.StandardOutput.ReadLineAsync(Cancel)}/fhir"));
        await using var database = await FhirServerTests.StudyAsync();
        using var gateway = new FhirGateway(database, server.Url, _time, ("DicomWeb", "https://gateway.example/dicomweb"));
        using var http = new HttpClient();
        var theirs = FhirServerTests.Theirs();
        theirs["status"] = "available";
        theirs["series"]![0]!.AsObject().Remove("laterality");
        using (var body = new StringContent(theirs.ToJsonString(), null, "application/fhir+json"))
            (await http.PostAsync($"{server.Url}/ImagingStudy", body, Cancel)).EnsureSuccessStatusCode();
        await using var db = database.Open();
        var sample = await gateway.Service<ServerStudyReader>().ReadAsync(db, SampleStudy.Id(1), Cancel);
        server.Faults = TwentyWriters.Faults();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => TwentyWriters.WriteAsync(gateway, TwentyWriters.Of(sample, number))));
        server.Faults = _ => null;
        await gateway.PublishAsync();

        var study = Assert.IsType<ImagingStudy>(Assert.Single(await AllAsync(http, server.Url, "ImagingStudy")));
        Assert.Equal(
            Enumerable.Range(0, 20).Select(number => $"2.25.{number}")
                .Concat([(string)theirs["series"]![0]!["uid"]!, SampleStudy.SourceUid, SampleStudy.DerivedUid]).Order(),
            study.Series.Select(series => series.Uid).Order());
        Assert.Equal(23, study.NumberOfSeries);
        var records = await AllAsync(http, server.Url, "Provenance");
        Assert.Equal(21, records.Count);
        Assert.All(records.Cast<Provenance>(), record => Assert.Equal("ImagingStudy/" + study.Id, record.Target.Single().Reference));
        Assert.Equal(2, (await AllAsync(http, server.Url, "Device")).Count);
        Assert.Single(await AllAsync(http, server.Url, "Endpoint"));
        Assert.Equal(DeliveryState.Delivered, (await gateway.RowAsync()).State);
        node?.StandardInput.Close();
    }

    private static Process Start() => Process.Start(
        new ProcessStartInfo("node", [Path.Combine(Repository.Root, "eng", "medplum.mjs"), Packages!])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    /// <summary>Every resource of a type, read as strictly as FHIR R4 allows.</summary>
    private static async Task<List<Resource>> AllAsync(HttpClient http, Uri server, string type)
    {
        var bundle = JsonNode.Parse(await http.GetStringAsync($"{server}/{type}?_count=100", Cancel))!;
        return [.. bundle["entry"]!.AsArray()
            .Select(entry => FhirJsonDeserializer.STRICT.DeserializeResource(entry!["resource"]!.ToJsonString()))];
    }
}
