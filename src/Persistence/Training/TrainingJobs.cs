using System.Security.Cryptography;
using System.Text;
using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Training jobs as people and schedules see them: order, pause, resume, cancel.</summary>
public sealed class TrainingJobs(IDbContextFactory<GatewayDbContext> databases, TimeProvider time)
{
    /// <summary>Makes a job, unless the pair has an open one: of any number of orders at once, one makes it.</summary>
    public async Task<OrderedJob> OrderAsync(TrainingOrder order, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        using var request = TrainingTrace.Request(order);
        var job = Job(order, TrainingTrace.ParentOf(request));
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            if (await db.TrainingJobs.AsNoTracking().SingleOrDefaultAsync(OpenTraining.Of(order.Pair), cancel) is { } open)
                return new(open, IsNew: false);
            if (await db.TrainingJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == job.Id, cancel) is { } before)
                return new(before, IsNew: false);
            db.TrainingJobs.Add(job);
            db.Enqueue(new TrainModel { JobId = job.Id }, time);
            try
            {
                await db.SaveChangesAsync(cancel);
                return new(job, IsNew: true);
            }
            catch (DbUpdateException e) when (e.IsUniqueViolation())
            {
                // Another order was faster: the next look finds its job, or finds that it has ended.
            }
        }
    }

    /// <summary>The pair's last job, whatever became of it; null before the first.</summary>
    public async Task<TrainingJob?> LastAsync(string pair, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.TrainingJobs.AsNoTracking().Where(j => j.Pair == pair).OrderByDescending(j => j.CreatedAt)
            .ThenByDescending(j => j.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>A queued job pauses at once, a running one after its checkpoint.</summary>
    /// <returns>False: it has ended, pauses already, or is to be cancelled.</returns>
    public async Task<bool> PauseAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var jobs = db.TrainingJobs.Where(j => j.Id == id && j.Wanted == null);
        return await jobs.Where(OpenTraining.WithoutTrainer(time.GetUtcNow())).ExecuteUpdateAsync(
                set => set.SetProperty(j => j.State, TrainingJobState.Paused).SetProperty(j => j.Holder, (string?)null)
                    .SetProperty(j => j.Fence, j => j.Fence + 1), cancel) > 0
            || await jobs.Where(j => j.State == TrainingJobState.Running).ExecuteUpdateAsync(
                set => set.SetProperty(j => j.Wanted, TrainingJobState.Paused), cancel) > 0;
    }

    /// <summary>A paused job is queued again; one that was about to pause goes on.</summary>
    /// <returns>False: it neither pauses nor is about to.</returns>
    public async Task<bool> ResumeAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var jobs = db.TrainingJobs.Where(j => j.Id == id);
        var goesOn = await jobs.Where(j => j.State == TrainingJobState.Running && j.Wanted == TrainingJobState.Paused).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.Wanted, (TrainingJobState?)null), cancel) > 0;
        var queued = await jobs.Where(j => j.State == TrainingJobState.Paused).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.State, TrainingJobState.Queued), cancel) > 0;
        if (queued)
            db.Enqueue(new TrainModel { JobId = id }, time);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return goesOn || queued;
    }

    /// <summary>A job that no trainer has is cancelled at once, a running one between two steps.</summary>
    /// <param name="id">Which.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    /// <returns>False: it has ended.</returns>
    public async Task<bool> CancelAsync(Guid id, string by, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var reasons = new List<Reason> { ReasonCode.TrainingCancelled.Because($"Cancelled by {by}.") };
        await using var db = await databases.CreateDbContextAsync(cancel);
        var jobs = db.TrainingJobs.Where(j => j.Id == id);
        return await jobs.Where(OpenTraining.WithoutTrainerOrPaused(now)).ExecuteUpdateAsync(
                set => set.SetProperty(j => j.State, TrainingJobState.Cancelled).SetProperty(j => j.EndedAt, now).SetProperty(
                    j => j.Holder, (string?)null)
                    .SetProperty(j => j.Wanted, (TrainingJobState?)null).SetProperty(j => j.Fence, j => j.Fence + 1)
                    .SetProperty(j => j.Reasons, reasons),
                cancel) > 0
            || await jobs.Where(j => j.State == TrainingJobState.Running).ExecuteUpdateAsync(
                set => set.SetProperty(j => j.Wanted, TrainingJobState.Cancelled).SetProperty(j => j.Reasons, reasons), cancel) > 0;
    }

    private TrainingJob Job(TrainingOrder order, string trace)
    {
        var now = time.GetUtcNow();
        return new()
        {
            Id = order.Trigger == TrainingTrigger.Person ? Guid.CreateVersion7(now) : IdAfter(order),
            Pair = order.Pair,
            Trigger = order.Trigger,
            By = order.By,
            CreatedAt = now,
            RecipeName = order.RecipeName,
            Recipe = order.Recipe,
            TraceParent = trace,
        };
    }

    private static Guid IdAfter(TrainingOrder order) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"training {order.Pair} after {order.After}")).AsSpan(0, 16));
}
