using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests.Models;

/// <summary>What alerts and traces see of training and of models, wherever the trainer is.</summary>
public sealed class LearningWatchTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Gauges_tell_of_open_jobs_of_the_longest_wait_and_of_models_by_state(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var shown = new PrometheusMeters(meters);
        using var watch = new LearningWatch(database.Contexts, ShippedModalities.Table, meters, _time, NullLogger<LearningWatch>.Instance);
        await new ModelActivation(database.Contexts, _time).ImportAsync(
            new() { Digest = new('a', 64), Direction = "t2-ct", Name = "tiny", Version = "1", CreatedAt = _time.GetUtcNow() }, "Anna",
            "A test.", asFirst: true, cancel: Cancel);
        await OrderAsync(database);
        _time.Advance(TimeSpan.FromMinutes(2));
        await watch.LookAsync(Cancel);

        var lines = await LinesAsync(shown);
        Assert.Contains("gateway_training_jobs{state=\"queued\"} 1", lines);
        Assert.Contains("gateway_training_jobs{state=\"running\"} 0", lines);
        Assert.Contains("gateway_training_waiting_seconds 120", lines);
        Assert.Contains("gateway_models{direction=\"t2-ct\",state=\"champion\"} 1", lines);
        Assert.Contains("gateway_models{direction=\"ct-t2\",state=\"champion\"} 0", lines);

        await new TrainingLeases(database.Contexts, _time).ClaimAsync("trainer", TimeSpan.FromMinutes(1), null, Cancel);
        await watch.LookAsync(Cancel);
        Assert.Contains("gateway_training_waiting_seconds 0", await LinesAsync(shown));
        _time.Advance(TimeSpan.FromMinutes(3));
        await watch.LookAsync(Cancel);
        Assert.Contains("gateway_training_waiting_seconds 120", await LinesAsync(shown));
    }

    [Theory, EachDatabase]
    public async Task A_swap_is_in_the_trace_of_the_job_that_made_the_model_and_is_counted(DatabaseProvider provider)
    {
        var swaps = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TrainingTrace.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (swaps)
                    swaps.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var house = await RegistryHouse.CreateAsync(provider);
        using var shown = new PrometheusMeters(house.Meters);
        var job = await OrderAsync(house.Database);
        var (outside, trained) =
            (await house.AddAsync(TinyModel.Bytes("t2-ct")), await house.AddAsync(TinyModel.Bytes("t2-ct", "2", "Neg"), job: job.Id));

        await house.ActivateAsync(outside);
        await house.ActivateAsync(trained);

        var mine = swaps.Where(span => span.TraceId.ToHexString() == job.TraceParent!.Split('-')[1] && span.OperationName != "request");
        Assert.Equal([("activation", trained), ("swap", trained)], mine.Select(span => (span.OperationName, span.GetTagItem("model"))));
        Assert.Contains("gateway_model_changes_total{direction=\"t2-ct\"} 2", await LinesAsync(shown));
    }

    private async Task<TrainingJob> OrderAsync(TestDatabase database) => (await new TrainingJobs(database.Contexts, _time).OrderAsync(
        new() { Pair = "t2-ct", Trigger = TrainingTrigger.Person, By = "Anna", RecipeName = "tiny", Recipe = "{}" }, Cancel)).Job;

    private static async Task<string[]> LinesAsync(PrometheusMeters shown)
    {
        using var text = new MemoryStream();
        await shown.Registry.CollectAndExportAsTextAsync(text, Cancel);
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n');
    }
}
