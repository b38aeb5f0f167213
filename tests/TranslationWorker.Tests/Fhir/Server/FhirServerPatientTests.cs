using System.Text.Json.Nodes;
using Gateway.Persistence;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

using Task = System.Threading.Tasks.Task;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A study at an external FHIR server is its patient's and nobody else's.</summary>
public sealed class FhirServerPatientTests
{
    private const string System = "https://hospital.example/patients";
    private readonly FakeTimeProvider _time = new(SampleStudy.Received.AddMinutes(5));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Match", true, "Patient/1"), InlineData("Match", false, null)]
    [InlineData("Placeholder", true, "Patient/1"), InlineData("Placeholder", false, "Patient/1")]
    [InlineData("Logical", true, null), InlineData("Contained", true, "#patient")]
    public async Task A_patient_is_named_as_the_policy_says(string policy, bool isKnown, string? expected)
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        if (isKnown)
            server.Put(Patient("4711"));
        using var gateway = Gateway(database, server, policy);

        await gateway.PublishAsync();

        var study = server.Read<ImagingStudy>("ImagingStudy").Single();
        Assert.Equal(expected, study.Subject.Reference);
        if (policy == "Contained")
            Assert.Equal("4711", Assert.IsType<Patient>(study.Contained.Single()).Identifier.Single().Value);
        else
            Assert.Equal((System, "4711"), (study.Subject.Identifier!.System, study.Subject.Identifier.Value));
        Assert.Equal(isKnown || policy == "Placeholder" ? 1 : 0, server.All("Patient").Count);
        Assert.All(server.Read<Patient>("Patient"), patient => Assert.Empty(patient.Name));
    }

    [Fact]
    public async Task Two_patients_of_one_identifier_are_for_a_person_to_tell_apart()
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        server.Put(Patient("4711"));
        server.Put(Patient("4711"));
        using var gateway = Gateway(database, server, "Match");

        await gateway.PublishAsync();

        Assert.Equal(DeliveryState.Parked, (await gateway.RowAsync()).State);
        Assert.Empty(server.All("ImagingStudy"));
    }

    [Theory]
    [InlineData("""{"reference":"Patient/77"}""")]
    [InlineData("""{"identifier":{"system":"https://hospital.example/patients","value":"4712"}}""")]
    public async Task A_study_that_another_system_has_of_somebody_else_is_not_touched(string subject)
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        var theirs = FhirServerTests.Theirs();
        theirs["subject"] = JsonNode.Parse(subject);
        server.Put(theirs);
        server.Put(Patient("4711"));
        var before = server.All("ImagingStudy").Single().ToJsonString();
        using var gateway = Gateway(database, server, "Match");

        await gateway.PublishAsync();

        Assert.Equal(DeliveryState.Parked, (await gateway.RowAsync()).State);
        Assert.Equal(before, server.All("ImagingStudy").Single().ToJsonString());
    }

    [Theory, InlineData("Contained"), InlineData("Match")]
    public async Task A_corrected_patient_leaves_nothing_of_the_one_before(string policy)
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = Gateway(database, server, policy);
        await gateway.PublishAsync();
        await using (var db = database.Open())
        {
            await db.Studies.ExecuteUpdateAsync(
                s => s.SetProperty(x => x.PatientId, "4799").SetProperty(x => x.AccessionNumber, "A-9"), Cancel);
        }

        await gateway.PublishAsync();

        var study = server.All("ImagingStudy").Single().ToJsonString();
        Assert.Contains("4799", study, StringComparison.Ordinal);
        Assert.Contains("A-9", study, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", study, StringComparison.Ordinal);
        Assert.DoesNotContain("A-1", study, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_study_of_two_patients_names_nobody_and_leaves_what_others_wrote(bool isForeign)
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = Gateway(database, server, "Match");
        if (isForeign)
            server.Put(FhirServerTests.Theirs());
        else
            await gateway.PublishAsync();
        var before = server.All("ImagingStudy").Single().ToJsonString();
        await using (var db = database.Open())
        {
            await db.Studies.ExecuteUpdateAsync(s => s.SetProperty(x => x.PatientConflict, true), Cancel);
        }

        await gateway.PublishAsync();

        var after = server.All("ImagingStudy").Single().ToJsonString();
        Assert.DoesNotContain("4711", after, StringComparison.Ordinal);
        Assert.Equal(isForeign, before == after);
        Assert.Equal(DeliveryState.Delivered, (await gateway.RowAsync()).State);
    }

    private FhirGateway Gateway(Testing.TestDatabase database, FhirTestServer server, string policy) =>
        new(database, server.Url, _time, ("Server:Patient", policy), ("IssuerSystems:WARD7", System));

    private static JsonObject Patient(string id) => new()
    {
        ["resourceType"] = "Patient",
        ["identifier"] = new JsonArray(new JsonObject { ["system"] = System, ["value"] = id }),
    };
}
