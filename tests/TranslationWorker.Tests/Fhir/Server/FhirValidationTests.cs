using System.Text.Json.Nodes;
using Firely.Fhir.Validation;
using Gateway.Persistence;
using Gateway.Testing;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Specification.Source;
using Hl7.Fhir.Specification.Terminology;
using Microsoft.Extensions.Time.Testing;

using Task = System.Threading.Tasks.Task;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Everything we write is valid by the definitions of FHIR R4: types, cardinalities, invariants, required codes.</summary>
public sealed class FhirValidationTests
{
    private static readonly Lazy<Validator> Rules = new(() =>
    {
        var source = new CachedResolver(ZipSource.CreateValidationSource());
        return new(source, new LocalTerminologyService(source));
    });

    private readonly FakeTimeProvider _time = new(SampleStudy.Received.AddMinutes(5));

    [Theory, InlineData("Match"), InlineData("Contained"), InlineData("Placeholder")]
    public async Task What_the_server_holds_is_valid(string policy)
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using (var db = database.Open())
        {
            db.Models.Add(new()
            {
                Digest = new('a', 64),
                Direction = "t2-ct",
                Name = "cyclegan-brain",
                Version = "1.2",
                State = ModelState.Champion,
                CreatedAt = SampleStudy.Received,
            });
            foreach (var kind in Enum.GetValues<VerdictKind>())
                db.ReaderVerdicts.Add(new()
                {
                    Id = SampleStudy.Id(80 + (int)kind),
                    SeriesId = SampleStudy.Id(3),
                    Kind = kind,
                    At = SampleStudy.Received,
                    By = "Dr. Who",
                    Why = "So it looks.",
                    Title = kind == VerdictKind.Rejected ? ReaderVerdict.Safety : null,
                });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(
            database, server.Url, _time, ("Server:Patient", policy), ("DicomWeb", "https://gateway.example/dicomweb"),
            ("AccessionSystem", "urn:oid:1.2"), ("Descriptions", "true"));

        await gateway.PublishAsync();

        foreach (var type in (string[])["ImagingStudy", "Provenance", "Device", "Endpoint", "DocumentReference"])
            Assert.All(Assert.IsType<List<JsonObject>>(server.All(type)), json => Assert.Equal("", Faults(json)));
        var card = server.Read<DocumentReference>("DocumentReference").Single();
        Assert.Equal(
            $"DocumentReference/{card.Id}",
            Assert.IsType<ResourceReference>(
                server.Read<Device>("Device").Single(device => device.Extension.Count > 0).Extension[0].Value).Reference);
        var record = server.Read<Provenance>("Provenance").Single(one => one.Agent.Count == 2);
        Assert.Equal(4, server.All("Provenance").Count);
        Assert.Equal($"DocumentReference/{card.Id}", record.Entity[^1].What.Reference);
        Assert.Equal(Provenance.ProvenanceEntityRole.Derivation, record.Entity[^1].Role);
        var text = System.Text.Encoding.UTF8.GetString(card.Content.Single().Attachment.Data!);
        Assert.StartsWith("# Model card", text, StringComparison.Ordinal);
        Assert.DoesNotContain("What was done to it", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_valid_is_found()
    {
        var study = new ImagingStudyBuilder(new(), new(), ShippedModalities.Table).Build(SampleStudy.Create());
        study.Status = null;

        Assert.NotEqual("", Faults(JsonNode.Parse(new FhirJsonSerializer().SerializeToString(study))!.AsObject()));
    }

    /// <summary>The profiles of HL7 AI Transparency come in no package: that they are named is all that is looked at.</summary>
    private static string Faults(JsonObject json)
    {
        var resource = (DomainResource)new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Recoverable))
            .DeserializeResource(json.ToJsonString());
        Assert.All(resource.Meta?.Profile ?? [], profile => Assert.StartsWith(FhirTerms.Transparency, profile, StringComparison.Ordinal));
        resource.Meta?.ProfileElement.Clear();
        var outcome = Rules.Value.Validate(resource);
        return string.Join("; ", outcome.Issue
            .Where(issue => issue.Severity is OperationOutcome.IssueSeverity.Error or OperationOutcome.IssueSeverity.Fatal)
            .Select(issue => $"{issue.Details?.Text} at {string.Join(", ", issue.Expression)}"));
    }
}
