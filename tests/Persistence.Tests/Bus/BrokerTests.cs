using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Persistence.Tests;

public class BrokerTests
{
    [Fact]
    public async Task A_broker_killed_in_the_middle_and_away_for_a_while_loses_nothing_and_doubles_nothing()
    {
        const int each = 150;
        using var broker = await RabbitMqServer.StartOwnAsync();
        await using var deployment = await Deployment.CreateAsync(DatabaseProvider.Sqlite, broker);
        await Deployment.ConnectedAsync(
            await deployment.StartAsync(bus => bus.AddHandler<TranslateSeries, RecordSeriesHandler>(concurrency: 8)));
        await broker.WrittenDownAsync("record-series");
        await broker.WrittenDownAsync("translate-series-urgent");

        await deployment.EnqueueAsync(Messages(0, each));
        await Eventually.TrueAsync(async () => (await deployment.RecordsAsync()).Count > 20, "some were handled");
        await broker.KillAsync();
        await deployment.EnqueueAsync(Messages(each, each));
        await Eventually.TrueAsync(async () => await deployment.UnsentAsync() >= each, "rows wait for the broker");
        await broker.StartAsync();

        await Eventually.TrueAsync(
            async () => (await deployment.RecordsAsync()).Count >= 2 * each && await deployment.UnsentAsync() == 0,
            "everything was handled", TimeSpan.FromMinutes(3));
        Assert.Equal(Enumerable.Range(0, 2 * each).Select(number => $"series {number:0000}"), await deployment.RecordsAsync());
        Assert.Empty(await deployment.FailuresAsync());
    }

    [Fact]
    public async Task Queues_are_quorum_queues_and_a_queue_of_another_type_is_not_healthy()
    {
        await using var deployment = await Deployment.CreateAsync(BusTransport.RabbitMq);
        var (broker, place) = (deployment.Broker!, deployment.VirtualHost!);
        var good = await deployment.StartAsync(bus => bus.AddHandler<TranslateSeries, RecordSeriesHandler>());
        await Deployment.ConnectedAsync(good);
        var queue = Assert.Single(await broker.QueuesAsync(place), queue => queue.GetProperty("name").GetString() == "record-series");
        Assert.Equal("quorum", queue.GetProperty("arguments").GetProperty("x-queue-type").GetString());
        await broker.DeclareQueueAsync(place, "record-study", "classic");

        var bad = await deployment.StartAsync(bus =>
        {
            bus.AddSingleton(new Script());
            bus.AddHandler<StudyReceived, RecordStudyHandler>();
        });

        await Eventually.TrueAsync(async () => await Deployment.BusHealthAsync(bad) == HealthStatus.Unhealthy, "the bus is unhealthy");
    }

    [Fact]
    public async Task What_is_given_up_on_is_a_failure_row_and_leaves_nothing_at_the_broker()
    {
        await using var deployment = await Deployment.CreateAsync(BusTransport.RabbitMq);
        var host = await deployment.StartAsync(bus =>
        {
            bus.AddSingleton(new Script { Act = _ => throw new PermanentFailureException(ReasonCode.NoDirection, "None.") });
            bus.AddHandler<StudyReceived, RecordStudyHandler>();
        });
        await Deployment.ConnectedAsync(host);

        await deployment.EnqueueAsync(new StudyReceived { StudyId = Rows.NewId(), Revision = 1 });
        await Eventually.TrueAsync(async () => (await deployment.FailuresAsync()).Count == 1, "it is parked");
        await deployment.StopAsync(host);

        var queues = (await deployment.Broker!.QueuesAsync(deployment.VirtualHost!)).Select(queue => queue.GetProperty("name").GetString());
        Assert.Equal(["record-study", "study-received-urgent"], queues.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_broker_confirmed_and_lost_is_published_again()
    {
        await using var deployment = await Deployment.CreateAsync(BusTransport.RabbitMq);
        var ids = await deployment.EnqueueAsync(Messages(0, 3));
        await using (var db = deployment.Database.Open())
        {
            var longAgo = TimeProvider.System.GetUtcNow().AddMinutes(-11);
            await db.Outbox.ExecuteUpdateAsync(
                row => row.SetProperty(x => x.SentAt, longAgo), TestContext.Current.CancellationToken);
        }

        await deployment.StartAsync(bus => bus.AddHandler<TranslateSeries, RecordSeriesHandler>());

        await Eventually.TrueAsync(
            async () => (await deployment.RecordsAsync()).Count == ids.Length, "what was lost was handled");
        Assert.Empty(await deployment.FailuresAsync());
    }

    private static TranslateSeries[] Messages(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => new TranslateSeries { SeriesId = Rows.NewId(), Revision = number })];
}
