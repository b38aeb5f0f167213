using System.Text.Json.Nodes;
using Gateway.Contracts;
using Gateway.Persistence;
using Gateway.Testing;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

using Task = System.Threading.Tasks.Task;

namespace Gateway.TranslationWorker.Tests;

/// <summary>An external FHIR server holds what the gateway knows of a study, once, beside what others wrote.</summary>
public sealed class FhirServerTests
{
    private const string Foreign = "1.2.3.4";
    private readonly FakeTimeProvider _time = new(SampleStudy.Received.AddMinutes(5));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_study_is_made_once_with_all_that_it_refers_to(DatabaseProvider provider)
    {
        await using var database = await StudyAsync(provider);
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(database, server.Url, _time, ("DicomWeb", "https://gateway.example/dicomweb"));

        await gateway.PublishAsync();
        var written = server.All("ImagingStudy").Single().ToJsonString();
        await gateway.SendAsync();

        var study = server.Read<ImagingStudy>("ImagingStudy").Single();
        Assert.Equal("urn:oid:" + SampleStudy.StudyUid, study.Identifier[0].Value);
        Assert.Equal([SampleStudy.SourceUid, SampleStudy.DerivedUid], study.Series.Select(s => s.Uid));
        var model = server.Read<Device>("Device").Single(device => device.Type!.Coding.Count > 0);
        Assert.Equal("Device/" + model.Id, study.Series[1].Performer.Single().Actor.Reference);
        Assert.Equal("Endpoint/" + server.Read<Endpoint>("Endpoint").Single().Id, study.Endpoint.Single().Reference);
        var record = server.Read<Provenance>("Provenance").Single();
        Assert.Equal("ImagingStudy/" + study.Id, record.Target.Single().Reference);
        Assert.Equal(
            ["Device/" + model.Id, "Device/" + server.Read<Device>("Device").Single(d => d.Type!.Coding.Count == 0).Id],
            record.Agent.Select(agent => agent.Who.Reference));
        Assert.Equal(written, server.All("ImagingStudy").Single().ToJsonString());
        var row = await gateway.RowAsync();
        Assert.Equal((DeliveryState.Delivered, 1, study.Id), (row.State, row.Held, row.ServerId));
    }

    [Theory, EachDatabase]
    public async Task What_a_reader_said_is_told_once_also_where_nothing_else_changed(DatabaseProvider provider)
    {
        await using var database = await StudyAsync(provider);
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(database, server.Url, _time);
        await gateway.PublishAsync();
        await using (var db = database.Open())
        {
            db.ReaderVerdicts.Add(new()
            {
                Id = SampleStudy.Id(77), SeriesId = SampleStudy.Id(3), Kind = VerdictKind.Accepted, At = SampleStudy.Received,
                By = "Dr. Who", Why = "It fits.",
            });
            await db.SaveChangesAsync(Cancel);
        }

        await gateway.PublishAsync();
        await gateway.PublishAsync();

        var said = Assert.Single(
            server.Read<Provenance>("Provenance"), record => record.Agent[0].Type!.Coding[0].Code == "verifier");
        Assert.Equal("ImagingStudy/" + server.Read<ImagingStudy>("ImagingStudy").Single().Id, said.Target.Single().Reference);
        Assert.Equal(2, server.All("Provenance").Count);
    }

    [Fact]
    public async Task What_others_wrote_of_the_study_stays_and_ours_joins_it()
    {
        await using var database = await StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        var id = server.Put(Theirs());
        using var gateway = new FhirGateway(database, server.Url, _time);

        await gateway.PublishAsync();

        var study = server.All("ImagingStudy").Single();
        Assert.Equal(id, (string?)study["id"]);
        Assert.True(JsonNode.DeepEquals(Theirs()["series"]![0], study["series"]![0]));
        Assert.True(JsonNode.DeepEquals(Theirs()["note"], study["note"]));
        Assert.Equal([Foreign, SampleStudy.SourceUid, SampleStudy.DerivedUid], Uids(study));
        Assert.Equal((3, 11), ((int)study["numberOfSeries"]!, (int)study["numberOfInstances"]!));
        Assert.Equal("cancelled", (string?)study["status"]);
        Assert.Contains("AIAST", study["meta"]!["security"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_came_between_reading_and_writing_is_merged_too()
    {
        await using var database = await StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        server.Put(Theirs());
        using var gateway = new FhirGateway(database, server.Url, _time);
        var rivals = 0;
        server.Before = async request =>
        {
            if (request.Method != "PUT" || request.Headers["X-Rival"].Count > 0 || ++rivals > 3)
                return;
            using var http = new HttpClient();
            var study = server.All("ImagingStudy").Single();
            study["series"]!.AsArray().Add((JsonNode)ForeignSeries($"{Foreign}.{rivals}"));
            using var put = new HttpRequestMessage(HttpMethod.Put, $"{server.Url}/ImagingStudy/{study["id"]}");
            put.Headers.Add("X-Rival", "yes");
            put.Content = new StringContent(study.ToJsonString());
            (await http.SendAsync(put, Cancel)).EnsureSuccessStatusCode();
        };

        await gateway.PublishAsync();

        Assert.Equal(
            [Foreign, $"{Foreign}.1", $"{Foreign}.2", $"{Foreign}.3", SampleStudy.SourceUid, SampleStudy.DerivedUid],
            Uids(server.All("ImagingStudy").Single()).Order());
        Assert.Equal(DeliveryState.Delivered, (await gateway.RowAsync()).State);
    }

    [Theory, EachDatabase]
    public async Task A_result_that_was_superseded_leaves_and_its_record_stays(DatabaseProvider provider)
    {
        await using var database = await StudyAsync(provider);
        await using var server = await FhirTestServer.StartAsync();
        server.Put(Theirs());
        using var gateway = new FhirGateway(database, server.Url, _time);
        await gateway.PublishAsync();
        await using (var db = database.Open())
        {
            await db.Series.Where(s => s.Origin == SeriesOrigin.Derived).MoveAsync(db, SeriesEvent.SourceChanged, Cancel);
        }

        await gateway.PublishAsync();

        Assert.Equal([Foreign, SampleStudy.SourceUid], Uids(server.All("ImagingStudy").Single()));
        Assert.Single(server.All("Provenance"));
        Assert.Equal(2, (await gateway.RowAsync()).Held);
    }

    [Fact]
    public async Task One_version_that_is_wanted_while_another_is_sent_is_sent_as_well()
    {
        await using var database = await StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(database, server.Url, _time);
        await gateway.AskAsync();
        var isChanged = false;
        server.Before = async request =>
        {
            if (isChanged || request.Method != "POST")
                return;
            isChanged = true;
            await using (var db = database.Open())
                await db.Studies.ExecuteUpdateAsync(s => s.SetProperty(x => x.StudyDate, "20261105"), Cancel);
            await gateway.AskAsync();
        };

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(gateway.SendAsync);
        _time.Advance(TimeSpan.FromMinutes(6));
        await gateway.SendAsync();

        Assert.Equal("2026-11-05", server.Read<ImagingStudy>("ImagingStudy").Single().Started);
        var row = await gateway.RowAsync();
        Assert.Equal((DeliveryState.Delivered, 2, 2), (row.State, row.Wanted, row.Held));
    }

    [Fact]
    public async Task A_study_that_has_its_id_at_another_server_is_left_alone()
    {
        await using var database = await StudyAsync();
        await using var first = await FhirTestServer.StartAsync();
        await using var second = await FhirTestServer.StartAsync();
        using (var before = new FhirGateway(database, first.Url, _time))
            await before.PublishAsync();
        for (var id = 0; id < 5; id++)
        {
            var other = Theirs();
            other["identifier"]![0]!["value"] = $"urn:oid:1.2.{id}";
            second.Put(other);
        }
        var others = second.All("ImagingStudy").ConvertAll(study => study.ToJsonString());
        await using (var db = database.Open())
            await db.Studies.ExecuteUpdateAsync(s => s.SetProperty(x => x.StudyDate, "20261105"), Cancel);
        using var gateway = new FhirGateway(database, second.Url, _time);

        await gateway.PublishAsync();

        var now = second.All("ImagingStudy").ConvertAll(study => study.ToJsonString());
        Assert.Equal(others, now[..5]);
        Assert.Contains(SampleStudy.StudyUid, Assert.Single(now[5..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_is_named_by_its_accession_number()
    {
        await using var database = await StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        var order = server.Put((JsonObject)JsonNode.Parse(
            """{"resourceType":"ServiceRequest","identifier":[{"system":"urn:oid:1.2","value":"A-1"}]}""")!);
        using var gateway = new FhirGateway(database, server.Url, _time, ("AccessionSystem", "urn:oid:1.2"));

        await gateway.PublishAsync();

        Assert.Equal("ServiceRequest/" + order, server.Read<ImagingStudy>("ImagingStudy").Single().BasedOn.Single().Reference);
    }

    [Fact]
    public async Task Without_a_server_nobody_is_told()
    {
        await using var database = await StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(database, server.Url, _time, ("Server:Url", ""));

        await gateway.PublishAsync();

        Assert.Null(await gateway.NextAsync());
        Assert.Empty(server.Requests);
    }

    internal static async Task<TestDatabase> StudyAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        db.Studies.Add(SampleStudy.Create());
        await db.SaveChangesAsync(Cancel);
        return database;
    }

    internal static IEnumerable<string?> Uids(JsonObject study) => study["series"]!.AsArray().Select(series => (string?)series!["uid"]);

    /// <summary>The study as an archive has written it: a series that the gateway has not seen, elements that it does not write.
    /// </summary>
    internal static JsonObject Theirs() => new()
    {
        ["resourceType"] = "ImagingStudy",
        ["identifier"] = new JsonArray(new JsonObject { ["system"] = "urn:dicom:uid", ["value"] = "urn:oid:" + SampleStudy.StudyUid }),
        ["status"] = "cancelled",
        ["subject"] = new JsonObject { ["display"] = "somebody" },
        ["note"] = new JsonArray(new JsonObject { ["text"] = "An archive's note." }),
        ["numberOfSeries"] = 1,
        ["numberOfInstances"] = 7,
        ["series"] = new JsonArray(ForeignSeries(Foreign)),
    };

    private static JsonObject ForeignSeries(string uid) => new()
    {
        ["uid"] = uid,
        ["modality"] = new JsonObject { ["system"] = "http://dicom.nema.org/resources/ontology/DCM", ["code"] = "PT" },
        ["numberOfInstances"] = 7,
        ["laterality"] = new JsonObject { ["code"] = "not of our making" },
    };
}
