using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.Persistence.Tests;

/// <summary>What becomes of work when its host stops.</summary>
public sealed class HostStopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task Work_that_ends_soon_enough_after_the_host_was_told_to_stop_is_saved(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var (entered, done) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        var host = await deployment.StartAsync(Handlers(new Script
        {
            Act = cancel =>
            {
                var work = done.Task.WaitAsync(cancel);
                entered.TrySetResult();
                return work;
            },
        }), ("Bus:StopTimeout", "00:01:00"));
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // registered first, called last
        using var last = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(told.SetResult);
        await deployment.EnqueueAsync(Study(1));
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        var stop = deployment.StopAsync(host);
        await told.Task;
        done.SetResult();
        await stop;

        Assert.Equal(["study 0001"], await deployment.RecordsAsync());
        Assert.Empty(await deployment.FailuresAsync());
    }

    [Theory, InlineData(BusTransport.InMemory), InlineData(BusTransport.RabbitMq)]
    public async Task Work_that_does_not_end_is_given_back_without_a_retry_and_without_what_waited_behind_it(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var entered = new TaskCompletionSource();
        var script = new Script
        {
            Act = cancel =>
            {
                entered.TrySetResult();
                return new TaskCompletionSource().Task.WaitAsync(cancel);
            },
        };
        var host = await deployment.StartAsync(Handlers(script), ("Bus:StopTimeout", "00:00:00.2"), ("Bus:RetryDelay", "00:01:00"));
        await deployment.EnqueueAsync(Study(1), Study(2), Study(3));
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        await Eventually.TrueAsync(async () => await deployment.UnsentAsync() == 0, "the bus has them all");

        await deployment.StopAsync(host);
        Assert.Equal(1, script.Calls);
        Assert.Empty(await deployment.RecordsAsync());
        await deployment.StartAsync(Handlers(new Script()));

        await Eventually.TrueAsync(
            async () => (await deployment.RecordsAsync()).Count(record => record.StartsWith("study", StringComparison.Ordinal)) == 3,
            "all three were handled");
        Assert.Empty(await deployment.FailuresAsync());
    }

    private static StudyReceived Study(int revision) => new() { StudyId = Rows.NewId(), Revision = revision };

    private static Action<IBusRegistrationConfigurator> Handlers(Script script) => bus =>
    {
        bus.AddSingleton(script);
        bus.AddHandler<StudyReceived, RecordStudyHandler>();
        bus.AddHandler<TranslateSeries, RecordSeriesHandler>();
    };
}
