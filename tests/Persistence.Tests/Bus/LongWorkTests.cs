using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Persistence.Tests;

/// <summary>Work that kills its process, never ends, or is taken over.</summary>
public sealed class LongWorkTests
{
    private const string Queue = "record-long";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task What_killed_its_process_three_times_is_parked_and_starts_anew_when_it_is_replayed(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var (script, study) = (new Script(), Rows.Study("1.2.3", state: SeriesState.Received));
        var message = new StudyReceived { StudyId = study.Id, Revision = 0 };
        await using (var db = deployment.Database.Open())
        {
            db.Studies.Add(study);
            await db.SaveChangesAsync(Cancel);
        }
        await DiedAsync(deployment, message, times: 3);
        await deployment.StartAsync(Handlers(script));

        await deployment.EnqueueAsync(message);

        await Eventually.TrueAsync(async () => (await deployment.FailuresAsync()).Count == 1, "it is parked");
        var failure = (await deployment.FailuresAsync())[0];
        Assert.Equal(("killed-its-worker", message.StudyId, 0), (failure.Code, failure.StudyId, script.Calls));
        await new WorkReplays(deployment.Database.Contexts, TimeProvider.System).ReplayAsync(
            new() { Failure = failure.Id }, "Anna", "More memory.", Cancel);
        await Eventually.TrueAsync(async () => await deployment.RecordsAsync() is ["long 0000"], "it was worked when it was replayed");
    }

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task What_killed_its_process_twice_is_tried_once_more(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        await DiedAsync(deployment, Study(1), times: 2);
        await deployment.StartAsync(Handlers(new Script()));

        await deployment.EnqueueAsync(Study(1));

        await Eventually.TrueAsync(async () => await deployment.RecordsAsync() is ["long 0001"], "it was worked");
        Assert.Equal((0, 0), (await LeasesAsync(deployment), (await deployment.FailuresAsync()).Count));
    }

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task Work_that_never_ends_is_parked_and_what_waits_behind_it_is_worked(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var first = true;
        var script = new Script
        {
            Act = cancel =>
            {
                if (!first)
                    return Task.CompletedTask;
                first = false;
                return new TaskCompletionSource().Task.WaitAsync(cancel);
            },
        };
        await deployment.StartAsync(Handlers(script), ("Work:Limit", "00:00:00.5"));

        await deployment.EnqueueAsync(Study(1), Study(2));

        await Eventually.TrueAsync(
            async () => (await deployment.FailuresAsync()).Count == 1 && (await deployment.RecordsAsync()).Count == 1,
            "one is parked and the other one worked");
        Assert.Equal(("took-too-long", 2, 0), (
            (await deployment.FailuresAsync())[0].Code, script.Calls, await LeasesAsync(deployment)));
    }

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task A_worker_whose_work_another_took_saves_nothing_and_stops(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var stopped = new TaskCompletionSource();
        var script = new Script
        {
            Act = async cancel =>
            {
                await using (var db = deployment.Database.Open())
                    await db.WorkLeases.ExecuteUpdateAsync(set => set.SetProperty(row => row.Token, Guid.Empty), CancellationToken.None);
                using var heard = cancel.Register(stopped.SetResult);
                await stopped.Task;    // works on, though it was told
            },
        };
        var host = await deployment.StartAsync(Handlers(script), ("Work:Heartbeat", "00:00:00.1"), ("Work:Lease", "00:00:10"));
        await deployment.EnqueueAsync(Study(1));
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        await deployment.StopAsync(host);

        Assert.Empty(await deployment.RecordsAsync());
        Assert.Empty(await deployment.FailuresAsync());
        await using var after = deployment.Database.Open();
        Assert.Equal((Guid.Empty, 0), ((await after.WorkLeases.SingleAsync(Cancel)).Token, await after.Inbox.CountAsync(Cancel)));
    }

    [Fact]
    public async Task A_copy_of_what_another_has_in_hand_waits_until_that_lease_is_over()
    {
        await using var deployment = await Deployment.CreateAsync(BusTransport.RabbitMq);
        var script = new Script();
        await DiedAsync(deployment, Study(1), times: 1, until: TimeSpan.FromHours(1));
        await deployment.StartAsync(Handlers(script));

        var id = Assert.Single(await deployment.EnqueueAsync(Study(1)));

        await using var db = deployment.Database.Open();
        await Eventually.TrueAsync(() => db.Outbox.AnyAsync(row => row.Id != id, Cancel), "it was handed on");
        var later = await db.Outbox.Where(row => row.Id != id).ToListAsync(Cancel);    // one for each copy that the broker gave out
        Assert.Equal(0, script.Calls);
        var until = (await db.WorkLeases.SingleAsync(Cancel)).LeasedUntil;
        Assert.All(later, row => Assert.Equal(until, row.NotBefore));
        Assert.False(await db.Inbox.AnyAsync(Cancel));    // under its own id the other one saves
        await db.WorkLeases.ExecuteDeleteAsync(Cancel);
        db.Outbox.RemoveRange(later.Skip(1));
        later[0].NotBefore = later[0].CreatedAt;
        await db.SaveChangesAsync(Cancel);
        await Eventually.TrueAsync(async () => await deployment.RecordsAsync() is ["long 0001"], "it was worked");
    }

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task Work_that_a_stop_gave_back_has_killed_nobody(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var entered = new TaskCompletionSource();
        var host = await deployment.StartAsync(
            Handlers(new Script
            {
                Act = cancel =>
                {
                    entered.TrySetResult();
                    return new TaskCompletionSource().Task.WaitAsync(cancel);
                },
            }),
            ("Bus:StopTimeout", "00:00:00.2"));
        await deployment.EnqueueAsync(Study(1));
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal(1, await LeasesAsync(deployment));

        await deployment.StopAsync(host);

        Assert.Equal((0, 0), (await LeasesAsync(deployment), (await deployment.FailuresAsync()).Count));
    }

    private static StudyReceived Study(int revision) =>
        new() { StudyId = new("018f0000-0000-7000-8000-000000000001"), Revision = revision };

    /// <summary>Other processes began it, and died.</summary>
    private static async Task DiedAsync(Deployment deployment, StudyReceived message, int times, TimeSpan until = default)
    {
        await using var db = deployment.Database.Open();
        var now = TimeProvider.System.GetUtcNow();
        db.WorkLeases.Add(new()
        {
            Id = WorkLeases.IdOf(Queue, message),
            Consumer = Queue,
            MessageId = Rows.NewId(),
            Token = Rows.NewId(),
            Holder = Rows.NewId(),
            Starts = times,
            Since = now,
            LeasedUntil = now + until,
        });
        await db.SaveChangesAsync(Cancel);
    }

    private static async Task<int> LeasesAsync(Deployment deployment)
    {
        await using var db = deployment.Database.Open();
        return await db.WorkLeases.CountAsync(Cancel);
    }

    private static Action<IBusRegistrationConfigurator> Handlers(Script script) => bus =>
    {
        bus.AddSingleton(script);
        bus.AddHandler<StudyReceived, RecordLongHandler>();
    };
}

/// <summary>Records a study after long work.</summary>
[LongWork]
internal sealed class RecordLongHandler(Script script) : IHandler<StudyReceived>
{
    public async Task HandleAsync(StudyReceived message, GatewayDbContext db, CancellationToken cancel)
    {
        await script.RunAsync(cancel);
        db.Refusals.Add(Record.Of($"long {message.Revision:0000}"));
    }
}
