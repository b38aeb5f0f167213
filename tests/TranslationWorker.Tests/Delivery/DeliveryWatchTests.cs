using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests;

/// <summary>What operators and alerts see of deliveries that wait.</summary>
public sealed class DeliveryWatchTests
{
    private const string Pacs = "pacs";

    private readonly FakeTimeProvider _time = new(SampleStudy.Received);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Gauges_and_readiness_tell_what_waits_for_how_long_and_why(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await DeliverableSeries.CreateAsync(database, instances: 3, Pacs);
        using var delivery = Delivery(database, FreePort.Next());
        using var shown = new PrometheusMeters(delivery.Meters);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        await delivery.Watch.LookAsync(Cancel);
        _time.Advance(TimeSpan.FromMinutes(131));

        Assert.Equal(["oldest_seconds 7860", "parked 0", "uncommitted 0", "waiting 3"], await LinesAsync(shown));
        var health = await delivery.Watch.CheckHealthAsync(new(), Cancel);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.StartsWith("pacs: 3 images wait since 2", health.Description, StringComparison.Ordinal);
        Assert.Contains("No connection to 127.0.0.1", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_waits_no_more_and_what_was_refused_is_parked()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var series = await DeliverableSeries.CreateAsync(database, instances: 3, Pacs);
        series.Lose(1);
        using var scp = await DcmtkServer.StartAsync();
        using var delivery = Delivery(database, scp.Port);
        using var shown = new PrometheusMeters(delivery.Meters);

        await delivery.Watch.LookAsync(Cancel);
        Assert.Equal(["oldest_seconds 0", "parked 0", "uncommitted 0", "waiting 3"], await LinesAsync(shown));
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        await using (var db = database.Open())
        {
            await db.Database.BeginTransactionAsync(Cancel);
            await db.SettleDeliveryAsync(DeliverableSeries.Id, Cancel);
            await db.SaveHandledAsync(Cancel);
        }
        await delivery.Watch.LookAsync(Cancel);

        Assert.Equal(["oldest_seconds 0", "parked 1", "uncommitted 0", "waiting 0"], await LinesAsync(shown));
        Assert.Equal(HealthStatus.Healthy, (await delivery.Watch.CheckHealthAsync(new(), Cancel)).Status);
    }

    [Fact]
    public async Task What_a_destination_took_and_does_not_keep_safe_is_told_of()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 2, Pacs);
        await using (var db = database.Open())
        {
            var rows = await db.Deliveries.Include(d => d.Instance).OrderBy(d => d.Instance.InstanceNumber).ToListAsync(Cancel);
            rows.ForEach(row => row.State = DeliveryState.Delivered);
            await db.Database.BeginTransactionAsync(Cancel);
            await db.SaveChangesAsync(Cancel);
            await db.SettleDeliveryAsync(DeliverableSeries.Id, Cancel);
            await db.NoteCommitmentAsync(
                rows, new HashSet<string> { rows[0].Instance.SopInstanceUid },
                new Dictionary<string, int> { [rows[1].Instance.SopInstanceUid] = 0x0112 }, _time.GetUtcNow(), Cancel);
            await db.SaveHandledAsync(Cancel);
        }
        using var delivery = Delivery(database, FreePort.Next());
        using var shown = new PrometheusMeters(delivery.Meters);

        await delivery.Watch.LookAsync(Cancel);

        Assert.Equal(["oldest_seconds 0", "parked 1", "uncommitted 1", "waiting 0"], await LinesAsync(shown));
        var health = await delivery.Watch.CheckHealthAsync(new(), Cancel);
        Assert.Equal(
            (HealthStatus.Degraded, "pacs: 1 images that it took are not kept safe there."), (health.Status, health.Description));
    }

    [Fact]
    public async Task A_peers_own_words_stay_out_of_the_answer_of_a_probe()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 1, Pacs);
        await using (var db = database.Open())
        {
            await db.Deliveries.ExecuteUpdateAsync(
                d => d.SetProperty(x => x.DicomStatus, 0xA700).SetProperty(x => x.Error, "DOE^JANE")
                    .SetProperty(x => x.TriedAt, _time.GetUtcNow()), Cancel);
        }
        using var delivery = Delivery(database, FreePort.Next());

        await delivery.Watch.LookAsync(Cancel);

        var text = (await delivery.Watch.CheckHealthAsync(new(), Cancel)).Description!;
        Assert.EndsWith("status A700.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DOE", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_destination_that_answers_nothing_is_one_that_is_away()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 1, Pacs);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var delivery = Delivery(database, ((IPEndPoint)silent.LocalEndpoint).Port);

        var trying = delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return trying.IsCompleted;
            },
            "the try is over");

        await trying;
        await using var db = database.Open();
        var row = await db.Deliveries.SingleAsync(Cancel);
        Assert.Equal((DeliveryState.Pending, "The peer did not answer in time."), (row.State, row.Error));
    }

    private static async Task<IEnumerable<string>> LinesAsync(PrometheusMeters meters)
    {
        const string start = "gateway_deliveries_";
        using var text = new MemoryStream();
        await meters.Registry.CollectAndExportAsTextAsync(text, Cancel);
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal))
            .Select(line => line[start.Length..].Replace($"{{destination=\"{Pacs}\"}}", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    private TestDelivery Delivery(TestDatabase database, int port) =>
        new(database, builder => builder.Services.AddSingleton<TimeProvider>(_time), TestDelivery.CStore(Pacs, port));
}
