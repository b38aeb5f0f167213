using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Persistence.Tests;

/// <summary>While something that every message needs is away, messages wait and nothing is given up on.</summary>
public sealed class DeferralTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task A_full_disk_is_waited_for_while_what_needs_no_disk_passes(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var disk = new Disk { IsFull = true };
        await deployment.StartAsync(Handlers(disk));

        await deployment.EnqueueAsync(Study(1), Study(2), Study(Disk.Needless));
        await Eventually.TrueAsync(() => disk.Tries > 24, "each was tried again and again");
        Assert.Equal(["study 0000"], await deployment.RecordsAsync());
        Assert.Empty(await deployment.FailuresAsync());
        disk.IsFull = false;

        await Eventually.TrueAsync(
            async () => await deployment.RecordsAsync() is ["study 0000", "study 0001", "study 0002"], "each was handled once");
        Assert.Empty(await deployment.FailuresAsync());
        if (deployment.VirtualHost is { } place)
            Assert.Equal(
                ["on-disk", "study-received-urgent"],
                (await deployment.Broker!.QueuesAsync(place)).Select(queue => queue.GetProperty("name").GetString()));
    }

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task What_waits_survives_the_process(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var full = new Disk { IsFull = true };
        var first = await deployment.StartAsync(Handlers(full));
        await deployment.EnqueueAsync(Study(1));
        await Eventually.TrueAsync(() => full.Tries > 8, "it was deferred twice");
        await deployment.StopAsync(first);

        var disk = new Disk();
        await deployment.StartAsync(Handlers(disk));

        await Eventually.TrueAsync(async () => await deployment.RecordsAsync() is ["study 0001"], "it was handled");
        Assert.Equal(1, disk.Tries);
        Assert.Empty(await deployment.FailuresAsync());
    }

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task A_database_killed_in_the_middle_and_away_for_a_while_fails_nothing(BusTransport transport)
    {
        using var server = await PostgresServer.StartOwnAsync();
        await using var deployment = await Deployment.CreateAsync(await TestDatabase.CreateOnAsync(server), transport);
        var killed = new TaskCompletionSource();
        var script = new Script
        {
            Act = async _ =>
            {
                if (killed.Task.IsCompleted)
                    return;
                await server.KillAsync();
                killed.SetResult();
            },
        };
        var host = await deployment.StartAsync(bus =>
        {
            bus.AddSingleton(script);
            bus.AddHandler<StudyReceived, RecordStudyHandler>();
            bus.AddHandler<TranslateSeries, RecordSeriesHandler>();
        });

        await deployment.EnqueueAsync(Study(1), Study(2), Study(3));
        var outages = host.Services.GetRequiredService<Outages>();
        await Eventually.TrueAsync(
            () => outages.Current.Any(one => one.What.StartsWith("database, for record-study", StringComparison.Ordinal)),
            "all tries were used up");
        await server.StartAsync();

        await Eventually.TrueAsync(
            async () =>
                await deployment.RecordsAsync() is ["series 0001", "series 0002", "series 0003", "study 0001", "study 0002", "study 0003"],
            "all were handled, once");
        Assert.Empty(await deployment.FailuresAsync());
        Assert.DoesNotContain(outages.Current, one => one.What.Contains("record-study", StringComparison.Ordinal));
    }

    private static StudyReceived Study(int revision) => new() { StudyId = Rows.NewId(), Revision = revision };

    private static Action<IBusRegistrationConfigurator> Handlers(Disk disk) => bus =>
    {
        bus.AddSingleton(disk);
        bus.AddHandler<StudyReceived, OnDiskHandler>();
    };

    /// <summary>Full or not, as a device that Linux has for that purpose.</summary>
    private sealed class Disk
    {
        public const int Needless = 0;

        private int _tries;

        public volatile bool IsFull;

        public int Tries => _tries;

        public void Write()
        {
            Interlocked.Increment(ref _tries);
            using var file = new FileStream(
                IsFull ? "/dev/full" : "/dev/null", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write([1]);
        }
    }

    private sealed class OnDiskHandler(Disk disk) : IHandler<StudyReceived>
    {
        public Task HandleAsync(StudyReceived message, GatewayDbContext db, CancellationToken cancel)
        {
            if (message.Revision != Disk.Needless)
                disk.Write();
            db.Refusals.Add(Record.Of($"study {message.Revision:0000}"));
            return Task.CompletedTask;
        }
    }
}
