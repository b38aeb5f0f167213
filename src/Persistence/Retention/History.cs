using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Persistence;

/// <summary>Deletes history that is too old, a few rows at a time, so that nobody waits for the database.</summary>
public sealed class History(
    IDbContextFactory<GatewayDbContext> databases, DataDirectory data, IOptions<RetentionOptions> options, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>Looks once. One at a time in a data folder; another does nothing.</summary>
    /// <param name="dryRun">Counts what would be deleted, and deletes nothing.</param>
    /// <param name="cancel">Ends it between two batches.</param>
    /// <returns>How many of each kind.</returns>
    public async Task<IReadOnlyDictionary<string, int>> DeleteAsync(bool dryRun, CancellationToken cancel)
    {
        await using var alone = FileLock.TryTake(Path.Combine(data.Create().Root, "retention.lock"));
        if (alone is null)
            return new Dictionary<string, int>();
        var (now, keep) = (time.GetUtcNow(), options.Value);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!dryRun)
            await db.NoteDoneAsync(cancel);
        return new Dictionary<string, int>
        {
            ["messages"] = await DeleteMessagesAsync(db, now - keep.Messages, dryRun, cancel),
            ["associations"] = await DeleteAsync(Associations(db, now - keep.Associations), dryRun, cancel),
            ["commitments"] = await DeleteAsync(Commitments(db, now - keep.Associations), dryRun, cancel),
            ["refusals"] = await DeleteAsync(db.Refusals.Where(row => row.At < now - keep.Refusals), dryRun, cancel),
            ["failures"] = await DeleteAsync(
                db.Failures.Where(row => row.At < now - keep.Failures && row.ReplayedAt < now - keep.Failures), dryRun, cancel),
            ["quarantine"] = DeleteFiles(data.Quarantine, now - keep.Refusals, dryRun, cancel),
            ["copies"] = keep.Copies is { } copies ? DeleteFiles(data.Out, now - copies, dryRun, cancel) : 0,
        };
    }

    /// <summary>By how each ended, as the index is. An association that images came by says whose they are.</summary>
    private static IQueryable<Association> Associations(GatewayDbContext db, DateTimeOffset before) => db.Associations
        .Where(row => row.Outcome == AssociationOutcome.Released || row.Outcome == AssociationOutcome.Aborted)
        .Where(row => row.SeenAt < before && row.ClosedAt < before && !db.Instances.Any(image => image.AssociationId == row.Id));

    private static IQueryable<Commitment> Commitments(GatewayDbContext db, DateTimeOffset before) => db.Commitments.Where(
        row => row.RequestedAt < before && (row.State == CommitmentState.Reported || row.State == CommitmentState.Parked));

    private static async Task<int> DeleteAsync<T>(IQueryable<T> rows, bool dryRun, CancellationToken cancel)
        where T : class
    {
        if (dryRun)
            return await rows.CountAsync(cancel);
        var deleted = 0;
        for (var some = Batch; some == Batch; deleted += some)
            some = await rows.Take(Batch).ExecuteDeleteAsync(cancel);
        return deleted;
    }

    /// <summary>The inbox row goes with its message, in one transaction.</summary>
    private static async Task<int> DeleteMessagesAsync(GatewayDbContext db, DateTimeOffset before, bool dryRun, CancellationToken cancel)
    {
        var old = db.Outbox.Where(row => row.DoneAt < before);
        if (dryRun)
            return await old.CountAsync(cancel);
        var deleted = 0;
        for (var some = Batch; some == Batch; deleted += some)
        {
            var ids = await old.OrderBy(row => row.DoneAt).Take(Batch).Select(row => row.Id).ToListAsync(cancel);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.Inbox.Where(row => ids.Contains(row.MessageId)).ExecuteDeleteAsync(cancel);
            some = await db.Outbox.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        return deleted;
    }

    /// <summary>Folders that are empty then go too.</summary>
    private static int DeleteFiles(string folder, DateTimeOffset before, bool dryRun, CancellationToken cancel)
    {
        var deleted = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => File.GetLastWriteTimeUtc(file) < before.UtcDateTime).ToList())
        {
            cancel.ThrowIfCancellationRequested();
            deleted++;
            if (!dryRun)
                File.Delete(file);
        }
        if (!dryRun)
            foreach (var empty in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)
                .OrderByDescending(name => name.Length).Where(name => !Directory.EnumerateFileSystemEntries(name).Any()).ToList())
                if (Directory.GetLastWriteTimeUtc(empty) < before.UtcDateTime)
                    Directory.Delete(empty);
        return deleted;
    }
}
