using System.Text.Json.Nodes;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Testing;
using Hl7.Fhir.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

using Task = System.Threading.Tasks.Task;

namespace Gateway.TranslationWorker.Tests;

/// <summary>What an external FHIR server does not take now is kept and tried again; what it refuses for good is parked, and said without
/// a word about the patient.</summary>
public sealed class FhirServerFaultTests
{
    private readonly FakeTimeProvider _time = new(SampleStudy.Received.AddMinutes(5));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401), InlineData(403), InlineData(404), InlineData(408), InlineData(409), InlineData(429), InlineData(500), InlineData(503)]
    [InlineData(302), InlineData(null)]
    public async Task What_fails_for_now_is_tried_until_it_is_taken(int? status)
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(database, server.Url, _time);
        server.Faults = request => request.Method == "POST" ? new(status) : null;
        await gateway.PublishAsync();
        for (var i = 0; i < 8; i++)
        {
            _time.SetUtcNow((await gateway.NextAsync())!.Value);
            await gateway.SendAsync();
        }
        var row = await gateway.RowAsync();
        Assert.Equal((DeliveryState.Pending, 9, status), (row.State, row.Attempts, row.HttpStatus));
        Assert.Equal(
            _time.GetUtcNow() + (status is null ? TimeSpan.FromSeconds(30) : TimeSpan.FromMinutes(10)), await gateway.NextAsync());

        server.Faults = _ => null;
        _time.SetUtcNow((await gateway.NextAsync())!.Value);
        await gateway.SendAsync();

        Assert.Equal(DeliveryState.Delivered, (await gateway.RowAsync()).State);
        Assert.Single(server.All("ImagingStudy"));
    }

    [Fact]
    public async Task A_server_that_says_when_is_left_alone_until_then()
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(database, server.Url, _time);
        server.Faults = _ => new(503) { RetryAfter = 1200 };

        await gateway.PublishAsync();

        Assert.Equal(_time.GetUtcNow().AddMinutes(20), await gateway.NextAsync());
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_not_waited_for_for_ever()
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(database, server.Url, _time, ("Server:Timeout", "00:00:20"));
        var asked = new TaskCompletionSource();
        server.Faults = _ => new() { IsSilent = true };
        server.Before = _ =>
        {
            asked.TrySetResult();
            return Task.CompletedTask;
        };

        await gateway.AskAsync();
        var sending = gateway.SendAsync();
        await asked.Task;
        _time.Advance(TimeSpan.FromSeconds(21));
        await sending;

        var row = await gateway.RowAsync();
        Assert.Equal((DeliveryState.Pending, "no answer within 20 s"), (row.State, row.Error));
    }

    [Theory, InlineData(null), InlineData(500)]
    public async Task What_was_taken_though_the_answer_was_lost_is_found_again(int? status)
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(database, server.Url, _time);
        var lost = new HashSet<string>();
        server.Faults = request => request.Method == "POST" && lost.Add($"{request.Path} {lost.Count % 2}")
            ? new(status, IsTaken: true) : null;

        await gateway.PublishAsync();
        for (var i = 0; i < 10 && (await gateway.RowAsync()).State == DeliveryState.Pending; i++)
        {
            _time.SetUtcNow((await gateway.NextAsync())!.Value);
            await gateway.SendAsync();
        }

        Assert.InRange(lost.Count, 3, 10);
        Assert.Equal(DeliveryState.Delivered, (await gateway.RowAsync()).State);
        Assert.Equal((1, 1, 2), (server.All("ImagingStudy").Count, server.All("Provenance").Count, server.All("Device").Count));
    }

    [Theory, EachDatabase]
    public async Task What_is_refused_for_good_is_parked_told_without_patient_data_and_replayed(DatabaseProvider provider)
    {
        await using var database = await FhirServerTests.StudyAsync(provider);
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(database, server.Url, _time);
        server.Faults = request => request.Method == "POST" ? new(422) { Outcome = Outcome() } : null;

        await gateway.PublishAsync();
        await gateway.SendAsync();

        var row = await gateway.RowAsync();
        Assert.Equal((DeliveryState.Parked, 422), (row.State, row.HttpStatus));
        await using var db = database.Open();
        var failure = await db.Failures.SingleAsync(Cancel);
        Assert.Equal(
            ("fhir-refused", "The FHIR server did not take it. Transaction: HTTP 422, value at Device.version[0].value; business-rule"),
            (failure.Code, failure.Text));
        Assert.Equal("Transaction: HTTP 422, value at Device.version[0].value; business-rule", row.Error);
        server.Faults = _ => null;
        await new WorkReplays(database.Contexts, _time).ReplayAsync(
            new() { Failure = failure.Id }, "Anna", "Its profile is mended.", Cancel);
        await gateway.SendAsync();
        Assert.Equal(DeliveryState.Delivered, (await gateway.RowAsync()).State);
    }

    /// <summary>What long work promises is tried in LongWorkTests, for every handler.</summary>
    [Fact]
    public void Of_writers_of_one_study_one_speaks_to_the_server() =>
        Assert.True(typeof(SendToFhirServerHandler).IsDefined(typeof(LongWorkAttribute), inherit: false));

    private static JsonObject Outcome() => (JsonObject)JsonNode.Parse(
        """
        {"resourceType":"OperationOutcome","issue":[
          {"severity":"error","code":"value","diagnostics":"4711 is no name","expression":["Device.version[0].value"]},
          {"severity":"error","code":"business-rule","details":{"text":"John Doe"},"expression":["Patient.where(name = 'John Doe')"]}]}
        """)!;
}
