using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

using Gateway.Persistence;
using Gateway.Testing;

using Endpoint = Hl7.Fhir.Model.Endpoint;
using Task = System.Threading.Tasks.Task;

namespace Gateway.TranslationWorker.Tests;

public class FhirPublisherTests
{
    private readonly FakeTimeProvider _time = new(SampleStudy.Received.AddMinutes(5));

    [Theory, EachDatabase]
    public async Task A_study_and_its_synthetic_series_become_resources_that_point_at_each_other(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await StoreAsync(database, SampleStudy.Create());

        await PublishAsync(database);

        var rows = await RowsAsync(database);
        Assert.Equal(["Device", "Device", "ImagingStudy", "Provenance"], rows.Select(r => r.Type).Order());
        Assert.All(rows, r => Assert.Equal((1, _time.GetUtcNow()), (r.Version, r.UpdatedAt)));
        var study = Read<ImagingStudy>(rows.Single(r => r.Type == "ImagingStudy"));
        Assert.Equal(
            ["1", $"{study.Identifier[0].System}|{study.Identifier[0].Value}"],
            [study.Meta!.VersionId!, rows.Single(r => r.Type == "ImagingStudy").Identifier!]);
        var provenance = Read<Provenance>(rows.Single(r => r.Type == "Provenance"));
        Assert.Equal($"ImagingStudy/{study.Id}", provenance.Target.Single().Reference);
        var references = provenance.Agent.Select(a => a.Who.Reference!)
            .Concat(study.Series.SelectMany(s => s.Performer).Select(p => p.Actor.Reference!));
        Assert.All(references, r => Assert.Contains(rows, row => $"{row.Type}/{row.ResourceId}" == r));
    }

    [Theory, EachDatabase]
    public async Task Publishing_again_without_a_change_keeps_every_version(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await StoreAsync(database, SampleStudy.Create());
        await PublishAsync(database);
        var before = await RowsAsync(database);
        _time.Advance(TimeSpan.FromHours(1));

        await PublishAsync(database);

        Assert.Equal(
            before.Select(r => (r.ResourceId, r.Version, r.Json)),
            (await RowsAsync(database)).Select(r => (r.ResourceId, r.Version, r.Json)));
    }

    [Theory, EachDatabase]
    public async Task A_series_that_comes_later_makes_the_next_version_and_its_record_points_to_the_study(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await StoreAsync(database, SampleStudy.Create(withDerived: false));
        await PublishAsync(database);
        await using (var db = database.Open())
        {
            db.Series.Add(SampleStudy.Derived(SampleStudy.Id(1)));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        _time.Advance(TimeSpan.FromMinutes(1));

        await PublishAsync(database);

        var rows = await RowsAsync(database);
        var study = rows.Single(r => r.Type == "ImagingStudy");
        Assert.Equal((2, _time.GetUtcNow()), (study.Version, study.UpdatedAt));
        Assert.Equal("2", Read<ImagingStudy>(study).Meta!.VersionId);
        Assert.Equal(
            "ImagingStudy/" + study.ResourceId, Read<Provenance>(rows.Single(r => r.Type == "Provenance")).Target.Single().Reference);
    }

    [Theory, EachDatabase]
    public async Task A_record_of_how_a_series_was_made_is_never_rewritten(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await StoreAsync(database, SampleStudy.Create());
        await PublishAsync(database);
        var before = (await RowsAsync(database)).Single(r => r.Type == "Provenance");
        await using (var db = database.Open())
        {
            await db.Studies.ExecuteUpdateAsync(
                s => s.SetProperty(x => x.AccessionNumber, "changed"), TestContext.Current.CancellationToken);
        }

        await PublishAsync(database);

        var rows = await RowsAsync(database);
        Assert.Equal(2, rows.Single(r => r.Type == "ImagingStudy").Version);
        Assert.Equal(before.Json, rows.Single(r => r.Type == "Provenance").Json);
    }

    [Theory, EachDatabase]
    public async Task Nothing_reaches_the_database_before_the_caller_saves(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await StoreAsync(database, SampleStudy.Create());
        await using (var db = database.Open())
        {
            await Publisher.PublishAsync(db, SampleStudy.Id(1), TestContext.Current.CancellationToken);
        }

        Assert.Empty(await RowsAsync(database));
    }

    [Fact]
    public async Task A_record_that_leads_to_a_version_which_is_gone_is_written_anew()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await StoreAsync(database, SampleStudy.Create());
        await PublishAsync(database);
        var study = (await RowsAsync(database)).Single(r => r.Type == "ImagingStudy").ResourceId;
        await using (var db = database.Open())
        {
            var row = await db.FhirResources.SingleAsync(r => r.Type == "Provenance", TestContext.Current.CancellationToken);
            row.Json = row.Json.Replace($"ImagingStudy/{study}", $"ImagingStudy/{study}/_history/7", StringComparison.Ordinal);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await PublishAsync(database);

        var record = (await RowsAsync(database)).Single(r => r.Type == "Provenance");
        Assert.Equal((2, $"ImagingStudy/{study}"), (record.Version, Read<Provenance>(record).Target.Single().Reference));
    }

    [Theory, EachDatabase]
    public async Task What_readers_said_is_a_record_beside_the_study_and_their_words_only_where_free_text_may_go(DatabaseProvider provider)
    {
        foreach (var descriptions in new[] { false, true })
        {
            await using var database = await TestDatabase.CreateAsync(provider);
            var study = SampleStudy.Create();
            study.Series[1].Verdicts.AddRange([
                Said(study, VerdictKind.Commented, 1), Said(study, VerdictKind.Rejected, 2, "113037"),
                Said(study, VerdictKind.Accepted, 3)]);
            await StoreAsync(database, study);

            await PublishAsync(database, new() { Descriptions = descriptions });
            var before = await RowsAsync(database);
            await PublishAsync(database, new() { Descriptions = descriptions });

            Assert.Equal(before.Select(r => r.Json), (await RowsAsync(database)).Select(r => r.Json));
            var said = before.Where(r => r.Type == "Provenance").Select(Read<Provenance>)
                .Where(p => p.Agent[0].Type!.Coding[0].Code == "verifier").OrderBy(p => p.Recorded).ToList();
            Assert.Equal(["APPEND", "NULLIFY", "AU"], said.Select(p => p.Activity!.Coding[0].Code));
            Assert.All(said, p => Assert.Equal(("Practitioner", "Dr. Who"), (p.Agent[0].Who.Type, p.Agent[0].Who.Display)));
            Assert.All(said, p => Assert.Equal($"urn:oid:{SampleStudy.DerivedUid}", p.Entity.Single().What.Identifier!.Value));
            Assert.Equal("113037", said[1].Reason[0].Coding[0].Code);
            Assert.Equal(descriptions, before.Exists(r => r.Json.Contains("Too thin.", StringComparison.Ordinal)));
        }
    }

    private static ReaderVerdict Said(Study study, VerdictKind kind, int minute, string? title = null) => new()
    {
        Id = SampleStudy.Id(100 + minute), SeriesId = study.Series[1].Id, Kind = kind, At = SampleStudy.Received.AddMinutes(minute),
        By = "Dr. Who", Why = "Too thin.", Title = title,
    };

    [Fact]
    public async Task The_images_endpoint_is_a_resource_that_studies_point_at()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await StoreAsync(database, SampleStudy.Create());

        await PublishAsync(database, new() { DicomWeb = new("https://gateway.example/dicomweb/") });

        var rows = await RowsAsync(database);
        var endpoint = Read<Endpoint>(rows.Single(r => r.Type == "Endpoint"));
        Assert.Equal(
            ("https://gateway.example/dicomweb", "dicom-wado-rs", Endpoint.EndpointStatus.Active),
            (endpoint.Address, endpoint.ConnectionType.Code, endpoint.Status));
        Assert.Equal(
            $"Endpoint/{endpoint.Id}", Read<ImagingStudy>(rows.Single(r => r.Type == "ImagingStudy")).Endpoint.Single().Reference);
    }

    private FhirPublisher Publisher => PublisherOf(new());

    private FhirPublisher PublisherOf(FhirOptions fhir) => new(
        Options.Create(fhir), Options.Create(new SiteOptions()), Options.Create(new DeliveryOptions()), ShippedModalities.Table, _time);

    private static async Task StoreAsync(TestDatabase database, Study study)
    {
        await using var db = database.Open();
        db.Studies.Add(study);
        await db.SaveChangesAsync();
    }

    private async Task PublishAsync(TestDatabase database, FhirOptions? fhir = null)
    {
        await using var db = database.Open();
        await PublisherOf(fhir ?? new()).PublishAsync(db, SampleStudy.Id(1));
        await db.SaveChangesAsync();
    }

    private static async Task<List<FhirResource>> RowsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.FhirResources.AsNoTracking().OrderBy(r => r.Type).ThenBy(r => r.ResourceId).ToListAsync();
    }

    private static T Read<T>(FhirResource row)
        where T : Resource => FhirJsonDeserializer.STRICT.Deserialize<T>(row.Json);
}
