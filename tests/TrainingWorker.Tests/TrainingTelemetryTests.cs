using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TrainingWorker.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.TrainingWorker.Tests;

/// <summary>A job as traces and metrics tell it.</summary>
public sealed class TrainingTelemetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_jobs_whole_life_is_one_trace_whoever_goes_on_with_it(DatabaseProvider provider)
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = Listen(ended);
        await using var house = await TrainingHouse.CreateAsync(provider);
        var job = await house.OrderAsync(TrainingHouse.Recipe);
        var (first, second) = (await house.ClaimAsync(), default(TrainingLease));

        await DoAsync(house.Trainer(async put => second = put == 3 ? await house.StealAsync() : second), first);
        await DoAsync(house.Trainer(), second!);
        await using var db = house.Database.Open();
        var model = await db.Models.Where(m => m.JobId == job.Id).Select(m => m.Digest).FirstAsync(Cancel);
        // Gates with so few phantoms let nothing through.
        await db.Models.Where(m => m.Digest == model)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, ModelState.Candidate), Cancel);
        await new ModelActivation(house.Database.Contexts, house.Time).ActivateAsync(model, "Anna", "good", cancel: Cancel);

        Assert.Equal(job.TraceParent, ended.First().Id);
        Assert.Single(ended.Select(span => span.TraceId).Distinct());
        Assert.Equal(
            ["activation", "claim", "claim", "data", "data", "export", "gates", "manifest", "register", "request", "training", "training"],
            ended.Select(span => span.OperationName).Order(StringComparer.Ordinal));
        var claims = ended.Where(span => span.OperationName == "claim").ToList();
        Assert.Equal([first.Fence, second!.Fence], claims.Select(span => span.GetTagItem("training.lease")));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], claims.Select(span => span.Status));
        Assert.All(claims, claim => Assert.Equal(ended.First().SpanId, claim.ParentSpanId));
        var checkpoints = ended.Where(span => span.OperationName == "training")
            .Select(span => span.Events.Select(e => (int)e.Tags.Single().Value!));
        Assert.Equal(["1", "2 3 4 5"], checkpoints.Select(steps => string.Join(" ", steps.Distinct())));
    }

    [Theory, EachDatabase]
    public async Task A_process_without_traces_still_gives_its_job_one(DatabaseProvider provider)
    {
        await using var house = await TrainingHouse.CreateAsync(provider);

        var job = await house.OrderAsync(TrainingHouse.Recipe);

        Assert.True(ActivityContext.TryParse(job.TraceParent, null, out var context));
        Assert.Equal(ActivityTraceFlags.Recorded, context.TraceFlags);
    }

    [Fact]
    public async Task Metrics_tell_steps_losses_checkpoints_and_how_a_job_was_left()
    {
        await using var house = await TrainingHouse.CreateAsync(DatabaseProvider.Sqlite);
        await house.OrderAsync(TrainingHouse.Recipe);
        var trainer = house.Trainer();
        var shown = trainer.GetRequiredService<PrometheusMeters>();

        await DoAsync(trainer, await house.ClaimAsync());
        await house.OrderAsync(TrainingHouse.Recipe with { GeneratorRate = 1e9 });
        await DoAsync(trainer, await house.ClaimAsync());

        var lines = await LinesAsync(shown);
        Assert.Contains(lines, line => line.StartsWith("gateway_training_step_seconds_count ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("gateway_training_loss{loss=\"cycle.ct\"} ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("gateway_training_checkpoints_total ", StringComparison.Ordinal));
        Assert.Contains("gateway_training_lease_held 0", lines);
        Assert.Contains("gateway_training_jobs_left_total{state=\"done\",reason=\"\"} 1", lines);
        Assert.Contains("gateway_training_jobs_left_total{state=\"failed\",reason=\"training-diverged\"} 1", lines);
    }

    [Fact]
    public async Task A_trainer_without_the_device_it_is_told_to_use_says_so_in_the_job()
    {
        await using var house = await TrainingHouse.CreateAsync(DatabaseProvider.Sqlite);
        await house.OrderAsync(TrainingHouse.Recipe);

        await DoAsync(house.Trainer(("Training:Device", "cuda")), await house.ClaimAsync());

        var job = await house.JobAsync();
        var there = TorchSharp.torch.cuda.is_available();
        Assert.Equal(there ? TrainingJobState.Done : TrainingJobState.Failed, job.State);
        Assert.Equal(there ? [] : [ReasonCode.TrainingDeviceMissing.Name], job.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public async Task Files_of_a_job_under_way_lie_where_the_site_says()
    {
        using var folder = new TemporaryDirectory();
        await using var house = await TrainingHouse.CreateAsync(DatabaseProvider.Sqlite);
        await house.OrderAsync(TrainingHouse.Recipe);

        var plan = await house.Trainer(("Training:WorkFolder", folder.Combine("work"))).GetRequiredService<JobPreparation>()
            .PrepareAsync(await house.ClaimAsync(), Cancel);

        Assert.Equal(folder.Combine("work"), Path.GetDirectoryName(plan.Folder));
        Assert.True(Directory.Exists(plan.Folder));
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TrainingTrace.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static Task DoAsync(IServiceProvider trainer, TrainingLease lease) =>
        trainer.GetRequiredService<TrainingWork>().DoAsync(lease, Cancel);

    private static async Task<string[]> LinesAsync(PrometheusMeters shown)
    {
        using var text = new MemoryStream();
        await shown.Registry.CollectAndExportAsTextAsync(text, Cancel);
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n');
    }
}
