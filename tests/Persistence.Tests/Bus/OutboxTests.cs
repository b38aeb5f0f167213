using System.Collections.Concurrent;
using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.Persistence.Tests;

public class OutboxTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Four_dispatchers_send_every_row_once(DatabaseProvider provider)
    {
        const int rows = 400;
        await using var database = await TestDatabase.CreateAsync(provider);
        await using (var db = database.Open())
        {
            for (var number = 0; number < rows; number++)
                db.Enqueue(new StudyReceived { StudyId = Rows.NewId(), Revision = number }, TimeProvider.System);
            await db.SaveChangesAsync(Cancel);
        }
        var seen = new ConcurrentBag<Guid?>();
        await using var services = new ServiceCollection().AddMassTransit(bus => bus.UsingInMemory((_, memory) =>
            memory.ReceiveEndpoint("all", endpoint => endpoint.Handler<StudyReceived>(context =>
            {
                seen.Add(context.MessageId);
                return Task.CompletedTask;
            })))).BuildServiceProvider();
        var bus = services.GetRequiredService<IBusControl>();
        await bus.StartAsync(Cancel);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DispatchAllAsync(database, bus), Cancel)));

        await Eventually.TrueAsync(() => seen.Count >= rows, "every row was received");
        await bus.StopAsync(Cancel);
        Assert.Equal(rows, seen.Count);
        Assert.Equal(rows, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_commit_wakes_the_dispatcher_without_waiting_for_its_poll()
    {
        await using var deployment = await Deployment.CreateAsync(BusTransport.InMemory);
        var host = await deployment.StartAsync(bus => bus.AddHandler<TranslateSeries, RecordSeriesHandler>(), ("Bus:Poll", "00:01:00"));

        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(Cancel))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            db.Enqueue(new TranslateSeries { SeriesId = Rows.NewId(), Revision = 1 }, TimeProvider.System);
            await db.SaveChangesAsync(Cancel);
            await transaction.CommitAsync(Cancel);
        }

        await Eventually.TrueAsync(
            async () => await deployment.RecordsAsync() is ["series 0001"], "the message was handled", TimeSpan.FromSeconds(45));
    }

    [Fact]
    public async Task A_row_is_not_sent_before_it_is_due()
    {
        await using var deployment = await Deployment.CreateAsync(BusTransport.InMemory);
        await using (var db = deployment.Database.Open())
        {
            db.Enqueue(
                new TranslateSeries { SeriesId = Rows.NewId(), Revision = 1 }, TimeProvider.System,
                TimeProvider.System.GetUtcNow().AddHours(1));
            db.Enqueue(new TranslateSeries { SeriesId = Rows.NewId(), Revision = 2 }, TimeProvider.System);
            await db.SaveChangesAsync(Cancel);
        }

        await deployment.StartAsync(bus => bus.AddHandler<TranslateSeries, RecordSeriesHandler>());

        await Eventually.TrueAsync(async () => (await deployment.RecordsAsync()).Count > 0, "the due message was handled");
        await Eventually.TrueAsync(async () => await deployment.UnsentAsync() == 1, "only the other row waits");
        Assert.Equal(["series 0002"], await deployment.RecordsAsync());
    }

    [Fact]
    public async Task What_this_version_cannot_send_is_parked_and_the_rest_goes_on()
    {
        await using var deployment = await Deployment.CreateAsync(BusTransport.InMemory);
        await using (var db = deployment.Database.Open())
        {
            var now = TimeProvider.System.GetUtcNow();
            db.Outbox.Add(
                new OutboxMessage
                {
                    Id = Rows.NewId(),
                    Type = "Gateway.Contracts.FromTomorrow",
                    Body = "{}",
                    CreatedAt = now,
                    NotBefore = now,
                });
            db.Outbox.Add(
                new OutboxMessage
                {
                    Id = Rows.NewId(),
                    Type = typeof(TranslateSeries).FullName!,
                    Body = "{}",
                    CreatedAt = now,
                    NotBefore = now,
                });
            await db.SaveChangesAsync(Cancel);
        }
        await deployment.EnqueueAsync(new TranslateSeries { SeriesId = Rows.NewId(), Revision = 3 });

        await deployment.StartAsync(bus => bus.AddHandler<TranslateSeries, RecordSeriesHandler>());

        await Eventually.TrueAsync(async () => await deployment.RecordsAsync() is ["series 0003"], "the good message was handled");
        await Eventually.TrueAsync(async () => await deployment.UnsentAsync() == 0, "the batch is committed");
        Assert.Equal(
            ["unknown-contract", "unreadable-message"], (await deployment.FailuresAsync()).Select(failure => failure.Code).Order());
    }

    [Fact]
    public async Task A_message_nobody_listens_to_yet_waits_in_the_outbox()
    {
        await using var deployment = await Deployment.CreateAsync(BusTransport.RabbitMq);
        await deployment.StartAsync(bus => bus.AddHandler<TranslateSeries, RecordSeriesHandler>());
        await deployment.EnqueueAsync(new StudyReceived { StudyId = Rows.NewId(), Revision = 7 });
        await deployment.EnqueueAsync(new TranslateSeries { SeriesId = Rows.NewId(), Revision = 1 });
        await Eventually.TrueAsync(async () => await deployment.RecordsAsync() is ["series 0001"], "the other message passed");
        await Eventually.TrueAsync(async () => await deployment.UnsentAsync() == 1, "only the message nobody listens to waits");

        await deployment.StartAsync(bus =>
        {
            bus.AddSingleton(new Script());
            bus.AddHandler<StudyReceived, RecordStudyHandler>();
        });

        await Eventually.TrueAsync(
            async () => await deployment.RecordsAsync() is ["series 0001", "series 0007", "study 0007"], "the waiting message was handled");
    }

    private static async Task DispatchAllAsync(TestDatabase database, IBus bus)
    {
        using var signal = new OutboxSignal();
        using var dispatcher = new OutboxDispatcher(
            database.NewContexts(signal), bus, signal, new(TimeProvider.System, NullLogger<Outages>.Instance), TimeProvider.System,
            Options.Create(new BusOptions()), [], NullLogger<OutboxDispatcher>.Instance);
        await Eventually.TrueAsync(
            async () =>
            {
                await dispatcher.DispatchAsync(Cancel);
                await using var db = database.Open();
                return !await db.Outbox.AnyAsync(row => row.SentAt == null, Cancel);
            },
            "the outbox is empty");
    }
}
