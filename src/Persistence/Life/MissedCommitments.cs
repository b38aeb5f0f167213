using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Reports of storage commitment that never came.</summary>
public static class MissedCommitments
{
    /// <summary>Archives commit by night: a report may take that long after the request was taken (PS3.4 J.3.3 sets no limit).</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromDays(1);

    /// <summary>Marks the deliveries whose report is overdue; one that comes after all counts.</summary>
    /// <returns>How many are newly marked.</returns>
    public static Task<int> NoteMissedAsync(this GatewayDbContext db, DateTimeOffset now, CancellationToken cancel) =>
        db.Deliveries.Where(row => row.CommitmentAskedAt != null && row.CommitmentAskedAt <= now - Limit)
            .Where(row => row.CommittedAt == null && row.CommitmentFailure == null && row.CommitmentMissedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CommitmentMissedAt, now), cancel);
}
