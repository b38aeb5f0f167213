using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Gateway.Testing;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.Persistence.Tests;

public class InboxTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task A_committed_message_is_handled_and_what_its_handler_enqueued_follows(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        await deployment.StartAsync(Handlers(new Script()));

        var ids = await deployment.EnqueueAsync(Study(1), Study(2));

        await Eventually.TrueAsync(
            async () => await deployment.RecordsAsync() is ["series 0001", "series 0002", "study 0001", "study 0002"],
            "both studies and both series were handled");
        await using var db = deployment.Database.Open();
        Assert.Equal(
            ids.Order(),
            (await db.Inbox.Where(row => row.Consumer == "record-study").Select(row => row.MessageId).ToListAsync(Cancel)).Order());
        Assert.Empty(await deployment.FailuresAsync());
    }

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task A_message_delivered_twice_is_handled_once(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var script = new Script();
        var host = await deployment.StartAsync(Handlers(script));
        await Deployment.ConnectedAsync(host);
        var id = Rows.NewId();

        await PublishAsync(host, Study(1), id);
        await PublishAsync(host, Study(1), id);
        await PublishAsync(host, Study(2), Rows.NewId()); // one at a time: once this is done, so is the copy

        await Eventually.TrueAsync(
            async () => await deployment.RecordsAsync() is ["series 0001", "series 0002", "study 0001", "study 0002"],
            "each was handled once");
        Assert.Equal(2, script.Calls);
    }

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task Of_two_that_handle_the_same_message_at_once_one_commits(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var both = new TaskCompletionSource();
        var inside = 0;
        var script = new Script
        {
            Act = cancel =>
            {
                if (Interlocked.Increment(ref inside) == 2)
                    both.SetResult();
                return both.Task.WaitAsync(cancel);
            },
        };
        var host = await deployment.StartAsync(Handlers(script, concurrency: 2));
        await Deployment.ConnectedAsync(host);
        var id = Rows.NewId();

        await PublishAsync(host, Study(1), id);
        await PublishAsync(host, Study(1), id);

        await Eventually.TrueAsync(async () => await deployment.RecordsAsync() is ["series 0001", "study 0001"], "it was handled once");
        await deployment.StopAsync(host); // waits for the loser
        Assert.Equal(["series 0001", "study 0001"], await deployment.RecordsAsync());
        Assert.Empty(await deployment.FailuresAsync());
        Assert.Equal(2, script.Calls);
    }

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task What_fails_every_time_is_parked_without_what_the_exception_quoted(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var script = new Script { Act = _ => throw new IOException("/spool/DOE^JANE") };
        await deployment.StartAsync(Handlers(script));
        var study = Study(4);

        await deployment.EnqueueAsync(study);

        await Eventually.TrueAsync(async () => (await deployment.FailuresAsync()).Count == 1, "a failure was written");
        var failure = (await deployment.FailuresAsync())[0];
        Assert.Equal(1, script.Calls); // another try would fail in the same way
        Assert.Equal(("io", study.StudyId, null), (failure.Code, failure.StudyId, failure.SeriesId));
        Assert.Equal(typeof(StudyReceived).FullName, failure.MessageType);
        Assert.DoesNotContain("DOE", failure.Text, StringComparison.Ordinal);
        Assert.Contains("IOException", failure.Text, StringComparison.Ordinal);
        Assert.Empty(await deployment.RecordsAsync());
    }

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task A_permanent_failure_is_not_tried_again_and_can_be_replayed(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var broken = true;
        var script = new Script
        {
            Act = _ => broken
            ? throw new PermanentFailureException(ReasonCode.NoDirection, "There is no such destination.") : Task.CompletedTask
        };
        await deployment.StartAsync(Handlers(script));
        var study = Rows.Study("1.2.3", state: SeriesState.Received);
        await using (var db = deployment.Database.Open())
        {
            db.Studies.Add(study);
            await db.SaveChangesAsync(Cancel);
        }
        await deployment.EnqueueAsync(new StudyReceived { StudyId = study.Id, Revision = 0 });
        await Eventually.TrueAsync(async () => (await deployment.FailuresAsync()).Count == 1, "a failure was written");
        Assert.Equal(1, script.Calls);

        broken = false;
        await using (var db = deployment.Database.Open())
        {
            var failure = await db.Failures.SingleAsync(Cancel);
            Assert.Equal(("no-direction", "There is no such destination."), (failure.Code, failure.Text));
            var replays = new WorkReplays(deployment.Database.Contexts, TimeProvider.System);
            var done = Assert.Single(await replays.ReplayAsync(new() { Failure = failure.Id }, "Anna", "The model is there now.", Cancel));
            Assert.Equal(ReplayResult.Replayed, done.Result);
        }

        await Eventually.TrueAsync(
            async () => await deployment.RecordsAsync() is ["series 0000", "study 0000"], "the replayed message was handled");
        Assert.NotNull((await deployment.FailuresAsync())[0].ReplayedAt);
    }

    [Theory]
    [InlineData(SeriesState.Queued, 0, SeriesState.Failed)]
    [InlineData(SeriesState.Queued, 1, SeriesState.Queued)]    // work on another revision
    [InlineData(SeriesState.Receiving, 0, SeriesState.Receiving)]    // a late image makes the next one
    public async Task A_failed_series_says_so_unless_it_went_on(SeriesState state, int revision, SeriesState expected)
    {
        await using var deployment = await Deployment.CreateAsync(BusTransport.InMemory);
        var study = Rows.Study("1.2.3", state: state);
        await using (var db = deployment.Database.Open())
        {
            db.Studies.Add(study);
            await db.SaveChangesAsync(Cancel);
        }
        await deployment.StartAsync(bus => bus.AddHandler<TranslateSeries, FailingSeriesHandler>());

        await deployment.EnqueueAsync(new TranslateSeries { SeriesId = study.Series[0].Id, Revision = revision });

        await Eventually.TrueAsync(async () => (await deployment.FailuresAsync()).Count == 1, "a failure was written");
        Assert.Equal(
            (study.Id, study.Series[0].Id),
            ((await deployment.FailuresAsync())[0].StudyId, (await deployment.FailuresAsync())[0].SeriesId));
        await using var after = deployment.Database.Open();
        var series = await after.Series.SingleAsync(Cancel);
        Assert.Equal(expected, series.State);
        Assert.Equal(expected == SeriesState.Failed ? [ReasonCode.NoDirection.Because("None.")] : [], series.Reasons);
    }

    [Fact]
    public async Task What_the_embedded_bus_forgot_is_published_again_and_what_was_done_is_not()
    {
        await using var deployment = await Deployment.CreateAsync(BusTransport.InMemory);
        var entered = new TaskCompletionSource();
        var first = await deployment.StartAsync(Handlers(new Script()));
        await deployment.EnqueueAsync(Study(1));
        await Eventually.TrueAsync(async () => await deployment.RecordsAsync() is ["series 0001", "study 0001"], "the first was handled");
        await deployment.StopAsync(first);
        var second = await deployment.StartAsync(Handlers(new Script
        {
            Act = cancel =>
            {
                entered.TrySetResult();
                return new TaskCompletionSource().Task.WaitAsync(cancel); // never done: the bus stops in the middle of it
            },
        }));
        await deployment.EnqueueAsync(Study(2));
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        await Eventually.TrueAsync(async () => await deployment.UnsentAsync() == 0, "the message is out of the outbox");
        await deployment.StopAsync(second); // in the middle of it
        Assert.Empty(await deployment.FailuresAsync());

        var script = new Script();
        await deployment.StartAsync(Handlers(script));

        await Eventually.TrueAsync(
            async () => await deployment.RecordsAsync() is ["series 0001", "series 0002", "study 0001", "study 0002"],
            "the forgotten message was handled");
        Assert.Equal(1, script.Calls);
    }

    private static StudyReceived Study(int revision) => new() { StudyId = Rows.NewId(), Revision = revision };

    private static Action<IBusRegistrationConfigurator> Handlers(Script script, int concurrency = 1) => bus =>
    {
        bus.AddSingleton(script);
        bus.AddHandler<StudyReceived, RecordStudyHandler>(concurrency);
        bus.AddHandler<TranslateSeries, RecordSeriesHandler>();
    };

    private static Task PublishAsync<T>(IHost host, T message, Guid id)
        where T : class =>
        host.Services.GetRequiredService<IBus>().Publish(message, context => context.MessageId = id, Cancel);

    private sealed class FailingSeriesHandler : IHandler<TranslateSeries>
    {
        public Task HandleAsync(TranslateSeries message, GatewayDbContext db, CancellationToken cancel) =>
            throw new PermanentFailureException(ReasonCode.NoDirection, "None.");
    }
}
