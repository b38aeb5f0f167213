using System.Diagnostics.Metrics;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests;

public sealed class FhirServerWatchTests
{
    private readonly FakeTimeProvider _time = new(SampleStudy.Received.AddMinutes(5));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_study_from_before_there_was_a_server_is_told_to_it_once(DatabaseProvider provider)
    {
        await using var database = await FhirServerTests.StudyAsync(provider);
        await using var server = await FhirTestServer.StartAsync();
        using (var before = new FhirGateway(database, server.Url, _time, ("Server:Url", "")))
            await before.AskAsync();
        using var gateway = new FhirGateway(database, server.Url, _time);
        var watch = gateway.Service<FhirServerWatch>();

        await watch.CatchUpAsync(Cancel);
        await watch.CatchUpAsync(Cancel);

        await using var db = database.Open();
        Assert.Single(await db.Outbox.Where(row => row.Type.EndsWith("SendToFhirServer")).ToListAsync(Cancel));
        await gateway.SendAsync();
        Assert.Single(server.All("ImagingStudy"));
    }

    [Fact]
    public async Task What_waits_is_in_the_metrics_and_makes_nothing_unready()
    {
        await using var database = await FhirServerTests.StudyAsync();
        await using var server = await FhirTestServer.StartAsync();
        using var gateway = new FhirGateway(database, server.Url, _time);
        var watch = gateway.Service<FhirServerWatch>();
        server.Faults = _ => new(503);
        await gateway.PublishAsync();
        _time.Advance(TimeSpan.FromMinutes(3));

        await watch.LookAsync(Cancel);

        var figures = Figures(gateway.Service<IMeterFactory>());
        Assert.Equal((1, 0, 180), (figures["gateway_fhir_studies_waiting"], figures["gateway_fhir_studies_parked"],
            figures["gateway_fhir_studies_oldest_seconds"]));
        Assert.Equal(HealthStatus.Degraded, (await watch.CheckHealthAsync(new(), Cancel)).Status);
    }

    private static Dictionary<string, double> Figures(IMeterFactory meters)
    {
        var found = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name.StartsWith("gateway_fhir", StringComparison.Ordinal))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => found[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => found[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }
}
