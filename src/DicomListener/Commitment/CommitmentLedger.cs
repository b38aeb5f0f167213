using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>The rows of storage commitment: what peers asked of us, and what destinations answered us.</summary>
internal sealed class CommitmentLedger(IDbContextFactory<GatewayDbContext> databases, TimeProvider time)
{
    /// <summary>Writes a request down. A request of the same caller and transaction that exists is started again.</summary>
    public async Task<Guid> TakeAsync(Sender sender, CommitmentRequest request, DateTimeOffset now, CancellationToken cancel)
    {
        var (transaction, calling) = (request.TransactionUid.Value, sender.Peer.CallingAe.Value);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Commitments.SingleOrDefaultAsync(c => c.CallingAe == calling && c.TransactionUid == transaction, cancel);
        if (row is null)
        {
            row = new()
            {
                Id = Guid.CreateVersion7(now),
                TransactionUid = transaction,
                CallingAe = calling,
                CalledAe = sender.Peer.CalledAe.Value,
            };
            db.Commitments.Add(row);
        }

        (row.AssociationId, row.RequestedAt, row.DueAt, row.State, row.Attempts, row.Error) =
            (sender.AssociationId, now, now, CommitmentState.Due, 0, null);
        row.Instances = [.. request.Instances.Select(i => new CommitmentInstance(i.SopClassUid.Value, i.SopInstanceUid.Value))];
        await db.SaveChangesAsync(cancel);
        return row.Id;
    }

    /// <summary>The peer has been told.</summary>
    public async Task ReportedAsync(Guid id, int missing)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync();
        await db.Commitments.Where(row => row.Id == id).ExecuteUpdateAsync(row => row
            .SetProperty(x => x.State, CommitmentState.Reported)
            .SetProperty(x => x.ReportedAt, now)
            .SetProperty(x => x.Missing, missing)
            .SetProperty(x => x.Error, (string?)null));
    }

    /// <summary>A destination answers what we asked of it.</summary>
    /// <returns>Whether we had asked.</returns>
    public async Task<bool> TakeReportAsync(CommitmentResult report, CancellationToken cancel)
    {
        var (now, transaction) = (time.GetUtcNow(), report.TransactionUid.Value);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var writing = await db.Database.BeginTransactionAsync(cancel);
        var rows = await db.Deliveries.Include(d => d.Instance).Where(d => d.CommitmentTransactionUid == transaction).ToListAsync(cancel);
        var kept = report.Kept.Select(instance => instance.SopInstanceUid.Value).ToHashSet();
        var refused = report.Failed.Where(failed => !kept.Contains(failed.Instance.SopInstanceUid.Value))
            .DistinctBy(failed => failed.Instance.SopInstanceUid)
            .ToDictionary(failed => failed.Instance.SopInstanceUid.Value, failed => (int)failed.Reason);
        await db.NoteCommitmentAsync(rows, kept, refused, now, cancel);
        await writing.CommitAsync(cancel);
        return rows.Count > 0;
    }
}
