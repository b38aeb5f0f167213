using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.TrainingWorker.Training;
using Microsoft.Extensions.Options;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>One job under one lease, from its claim to its end, or until the lease is lost or given back.</summary>
public sealed partial class TrainingWork(
    TrainingLeases leases, JobPreparation preparation, JobData data, TrainedModels models, IObjectStore objects, OrphanSweep sweep,
    Outages outages,
    TrainingMetrics metrics, IOptions<TrainerOptions> options, TimeProvider time, ILogger<TrainingWork> logger)
{
    private const string Work = "a training job";

    /// <summary>Returns when the job is not this trainer's any more; nothing escapes.</summary>
    public async Task DoAsync(TrainingLease lease, CancellationToken stopping)
    {
        LogClaimed(lease.JobId, lease.Fence);
        using var held = metrics.Hold();
        await using var keeper = new LeaseKeeper(lease, options.Value.Lease, leases, outages, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, keeper.Over);
        var seconds = new Seconds();
        try
        {
            await TraceAsync(lease, seconds, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (!keeper.IsLost)
                await LeaveAsync(lease, keeper.Wanted ?? TrainingJobState.Queued, null, seconds);
        }
        catch (LeaseLostException)
        {
            metrics.LostLease();
            LogLost(lease.JobId, lease.Fence);
        }
        catch (Exception error) when (ReasonOf(error) is { } reason)
        {
            await LeaveAsync(lease, TrainingJobState.Failed, reason, seconds);
        }
        catch (Exception error) when (outages.Holds(error, Work))
        {
            await LeaveAsync(lease, TrainingJobState.Queued, null, seconds);
        }
        catch (Exception error)
        {
            LogFailed(lease.JobId, error);
            await LeaveAsync(lease, TrainingJobState.Failed, ReasonCode.TrainingFailed.Because($"{error.GetType().Name}."), seconds);
        }
    }

    // Null for an error that nobody foresaw.
    private static Reason? ReasonOf(Exception error) => error switch
    {
        JobRefusedException refused => refused.Reason,
        TrainingDeviceException missing => ReasonCode.TrainingDeviceMissing.Because(missing.Message),
        TrainingDivergedException diverged => ReasonCode.TrainingDiverged.Because(diverged.Message),
        _ => null,
    };

    /// <summary>A span for all that is done under one lease: a job that is taken up again has another, in the same trace.</summary>
    private async Task TraceAsync(TrainingLease lease, Seconds seconds, CancellationToken stop)
    {
        var job = await leases.ReadAsync(lease, stop);
        using var claim = TrainingTrace.Start("claim", job.TraceParent)?
            .SetTag("training.job", job.Id).SetTag("training.lease", lease.Fence).SetTag("training.from_step", job.CheckpointStep);
        await claim.EndAsync(() => TrainAsync(lease, seconds, stop));
    }

    private async Task TrainAsync(TrainingLease lease, Seconds seconds, CancellationToken stop)
    {
        var plan = await preparation.PrepareAsync(lease, stop);
        try
        {
            if (plan.Job.Wanted is { } wanted)
            {
                await LeaveAsync(lease, wanted, null, seconds);
                return;
            }
            await FetchCheckpointAsync(plan, stop);
            var samples = await TrainingTrace.InAsync("data", () => data.LoadAsync(plan, stop));
            await leases.WriteAsync(lease, set => set.SetProperty(j => j.Phase, JobPhase.Training), null, stop);
            var progress = seconds.Of = new JobProgress(plan, leases, objects, sweep, outages, metrics, time);
            using var budget = Budget(plan);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop, budget.Token);
            var done = await TrainingTrace.InAsync(
                "training", () => TrainingThread.RunAsync(
                    () => JobTraining.Run(plan, samples, options.Value.Device, objects, time, progress, enough.Token)));
            if (!done)
                stop.ThrowIfCancellationRequested();
            await models.FinishAsync(plan, samples, progress.SecondsUnwritten, stop);
            metrics.Left(TrainingJobState.Done, null);
            LogLeft(lease.JobId, TrainingJobState.Done);
        }
        finally
        {
            // A trainer that took the job over, on the same data folder, has tidied up.
            if (Directory.Exists(plan.Folder))
                Directory.Delete(plan.Folder, recursive: true);
        }
    }

    private CancellationTokenSource Budget(JobPlan plan)
    {
        var left = options.Value.Budget.Hours is > 0 and var hours
            ? TimeSpan.FromSeconds(Math.Max(0, hours * 3600 - plan.Job.SecondsTrained))
            : Timeout.InfiniteTimeSpan;
        return new(left, time);
    }

    private async Task FetchCheckpointAsync(JobPlan plan, CancellationToken cancel)
    {
        if (plan.Job.CheckpointSha256 is not { } sha256)
            return;
        await using var stored = objects.OpenRead(sha256);
        await using var file = File.Create(plan.Checkpoint);
        await stored.CopyToAsync(file, cancel);
    }

    // If the database is away, the lease runs out, and the job is taken up by whoever comes first.
    private async Task LeaveAsync(TrainingLease lease, TrainingJobState to, Reason? reason, Seconds seconds)
    {
        try
        {
            await leases.EndAsync(lease, to, reason is null ? null : [reason], seconds.Unwritten, null, CancellationToken.None);
            metrics.Left(to, reason);
            LogLeft(lease.JobId, to);
        }
        catch (LeaseLostException)
        {
            metrics.LostLease();
            LogLost(lease.JobId, lease.Fence);
        }
        catch (Exception error) when (outages.Holds(error, Work))
        {
            LogLost(lease.JobId, lease.Fence);
        }
    }

    /// <summary>What was trained under this lease, once training began.</summary>
    private sealed class Seconds
    {
        public JobProgress? Of { get; set; }

        public double Unwritten => Of?.SecondsUnwritten ?? 0;
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "Training job {Job} claimed, lease {Fence}")]
    private partial void LogClaimed(Guid job, long fence);

    [LoggerMessage(
        EventId = 5002, Level = LogLevel.Warning, Message = "Training job {Job} is another trainer's now: lease {Fence} is over")]
    private partial void LogLost(Guid job, long fence);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Information, Message = "Training job {Job} left as {State}")]
    private partial void LogLeft(Guid job, TrainingJobState state);

    [LoggerMessage(EventId = 5004, Level = LogLevel.Error, Message = "Training job {Job} failed")]
    private partial void LogFailed(Guid job, Exception error);
}
