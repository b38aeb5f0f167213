using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.TrainingWorker.Training;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>Writes what a run reports into rows and objects, under the job's lease. Called on the training thread, which waits for
/// it.</summary>
internal sealed class JobProgress(
    JobPlan plan, TrainingLeases leases, IObjectStore objects, OrphanSweep sweep, Outages outages, TrainingMetrics metrics,
    TimeProvider time) : IProgress<TrainingProgress>
{
    private const string Work = "the progress of a training job";

    private readonly long _started = time.GetTimestamp();
    private double _secondsWritten;
    private string? _checkpoint = plan.Job.CheckpointSha256;

    /// <summary>Seconds since the run began.</summary>
    public double Seconds => time.GetElapsedTime(_started).TotalSeconds;

    /// <summary>Those of them that are not in the job's row yet.</summary>
    public double SecondsUnwritten => Seconds - _secondsWritten;

    /// <exception cref="LeaseLostException">The lease is over: the run must end.</exception>
    public void Report(TrainingProgress value)
    {
        try
        {
            WriteAsync(value).GetAwaiter().GetResult();
            outages.Resumed(Work);
        }
        catch (Exception error) when (outages.Holds(error, Work))
        {
            // Training goes on; a later checkpoint takes along what this one would have.
        }
    }

    private Task WriteAsync(TrainingProgress value) => value switch
    {
        { Checkpoint: { } path } => CheckpointAsync(path, value.Step),
        { Sheet: { } path } => SheetAsync(path, value.Step),
        { Note: null } => PointAsync(value),
        _ => Task.CompletedTask,
    };

    private Task PointAsync(TrainingProgress value)
    {
        metrics.Stepped(value);
        var point = new TrainingPoint
        {
            JobId = plan.Job.Id,
            Step = value.Step,
            At = time.GetUtcNow(),
            SecondsPerStep = value.SecondsPerStep,
            Losses = new(value.Losses, StringComparer.Ordinal),
        };
        return leases.WriteAsync(
            plan.Lease,
            set => set.SetProperty(j => j.Step, value.Step),
            async db =>
            {
                await db.TrainingPoints.Where(p => p.JobId == point.JobId && p.Step == point.Step).ExecuteDeleteAsync();
                db.TrainingPoints.Add(point);
            },
            CancellationToken.None);
    }

    private async Task SheetAsync(string path, int step)
    {
        var sheet = new TrainingSheet { JobId = plan.Job.Id, Step = step, At = time.GetUtcNow(), Sha256 = await PutAsync(path) };
        await leases.WriteAsync(
            plan.Lease,
            set => set.SetProperty(j => j.Step, step),
            async db =>
            {
                await db.TrainingSheets.Where(s => s.JobId == sheet.JobId && s.Step == sheet.Step).ExecuteDeleteAsync();
                db.TrainingSheets.Add(sheet);
            },
            CancellationToken.None);
    }

    private async Task CheckpointAsync(string path, int step)
    {
        var (sha256, seconds) = (await PutAsync(path), Seconds);
        var trained = plan.Job.SecondsTrained + seconds;
        await leases.WriteAsync(
            plan.Lease,
            set => set.SetProperty(j => j.CheckpointSha256, sha256).SetProperty(j => j.CheckpointStep, step).SetProperty(j => j.Step, step)
                .SetProperty(j => j.SecondsTrained, trained),
            null, CancellationToken.None);
        // Half a gigabyte every few minutes: not left to the sweep, which waits for a day.
        if (_checkpoint is { } old && old != sha256)
            await sweep.DeleteAsync([old], CancellationToken.None);
        (_checkpoint, _secondsWritten) = (sha256, seconds);
        metrics.Kept();
        TrainingTrace.Checkpoint(step);
    }

    private async Task<string> PutAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return await objects.PutAsync(file);
    }
}
