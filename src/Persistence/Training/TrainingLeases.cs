using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Gateway.Persistence;

/// <summary>Training jobs as a trainer sees them: claim, renew, write, give back. Every write names its lease, and one that is over writes
/// nothing.</summary>
public sealed class TrainingLeases(IDbContextFactory<GatewayDbContext> databases, TimeProvider time)
{
    /// <summary>Takes the oldest job that waits for a trainer; also one whose trainer has not renewed its lease.</summary>
    /// <param name="holder">Name of the trainer, for people.</param>
    /// <param name="length">How long the lease holds unless it is renewed.</param>
    /// <param name="only">This job and no other; null for any.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    /// <returns>Null: none waits, or others were faster.</returns>
    public async Task<TrainingLease?> ClaimAsync(string holder, TimeSpan length, Guid? only, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var waiting = db.TrainingJobs.Where(OpenTraining.WithoutTrainer(now));
        var oldest = await waiting.Where(j => only == null || j.Id == only).OrderBy(j => j.CreatedAt).ThenBy(j => j.Id)
            .Select(j => new TrainingLease(j.Id, j.Fence)).ToListAsync(cancel);
        foreach (var (id, fence) in oldest)
            if (await waiting.Where(j => j.Id == id && j.Fence == fence).ExecuteUpdateAsync(
                    set => set.SetProperty(j => j.State, TrainingJobState.Running).SetProperty(j => j.Holder, holder)
                        .SetProperty(j => j.LeasedUntil, now + length).SetProperty(j => j.Fence, fence + 1),
                    cancel) > 0)
                return new(id, fence + 1);
        return null;
    }

    /// <summary>The job as it is.</summary>
    /// <exception cref="LeaseLostException">The lease is over.</exception>
    public async Task<TrainingJob> ReadAsync(TrainingLease lease, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Held(db, lease).AsNoTracking().SingleOrDefaultAsync(cancel) ?? throw new LeaseLostException(lease);
    }

    /// <summary>Holds the job longer.</summary>
    /// <returns>What a person wants of it; null for nothing.</returns>
    /// <exception cref="LeaseLostException">The lease is over.</exception>
    public async Task<TrainingJobState?> RenewAsync(TrainingLease lease, TimeSpan length, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + length;
        await WriteAsync(lease, set => set.SetProperty(j => j.LeasedUntil, until), null, cancel);
        return (await ReadAsync(lease, cancel)).Wanted;
    }

    /// <summary>Writes columns of the job, and rows that go with them, in one transaction.</summary>
    /// <exception cref="LeaseLostException">The lease is over.</exception>
    public async Task WriteAsync(
        TrainingLease lease, Action<UpdateSettersBuilder<TrainingJob>> set, Func<GatewayDbContext, Task>? rows, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // The update locks the job's row: whoever claims it now waits for the commit.
        if (await Held(db, lease).ExecuteUpdateAsync(set, cancel) == 0)
            throw new LeaseLostException(lease);
        if (rows is not null)
            await rows(db);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Ends the lease. A job that is given back is queued, and other trainers hear of it.</summary>
    /// <param name="lease">Over afterwards.</param>
    /// <param name="to">Queued, paused, done, failed or cancelled.</param>
    /// <param name="reasons">Why; null leaves those that are there.</param>
    /// <param name="seconds">Seconds trained under this lease.</param>
    /// <param name="rows">What goes with it in the same transaction.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    /// <exception cref="LeaseLostException">The lease is over already.</exception>
    public Task EndAsync(
        TrainingLease lease, TrainingJobState to, IReadOnlyList<Reason>? reasons, double seconds, Func<GatewayDbContext, Task>? rows,
        CancellationToken cancel)
    {
        var (ended, why) =
            (to is TrainingJobState.Queued or TrainingJobState.Paused ? null : (DateTimeOffset?)time.GetUtcNow(), reasons?.ToList());
        return WriteAsync(lease, Set, Rows, cancel);

        void Set(UpdateSettersBuilder<TrainingJob> set)
        {
            set.SetProperty(j => j.State, to).SetProperty(j => j.Holder, (string?)null).SetProperty(
                j => j.LeasedUntil, (DateTimeOffset?)null)
                .SetProperty(j => j.Wanted, (TrainingJobState?)null).SetProperty(j => j.EndedAt, ended)
                .SetProperty(j => j.SecondsTrained, j => j.SecondsTrained + seconds);
            if (why is not null)
                set.SetProperty(j => j.Reasons, why);
        }

        async Task Rows(GatewayDbContext db)
        {
            if (to == TrainingJobState.Queued)
                db.Enqueue(new TrainModel { JobId = lease.JobId }, time);
            if (rows is not null)
                await rows(db);
        }
    }

    private static IQueryable<TrainingJob> Held(GatewayDbContext db, TrainingLease lease) =>
        db.TrainingJobs.Where(j => j.Id == lease.JobId && j.Fence == lease.Fence && j.State == TrainingJobState.Running);
}
