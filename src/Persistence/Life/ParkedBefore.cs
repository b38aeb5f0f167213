using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Deliveries that an earlier version parked, after so many tries or for good, without a failure that somebody could
/// replay.</summary>
public static class ParkedBefore
{
    /// <summary>Gives each of them its failure. Done again, it finds nothing.</summary>
    public static async Task NoteAsync(IDbContextFactory<GatewayDbContext> databases, TimeProvider time, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var parked = await db.Deliveries
            .Where(d => d.State == DeliveryState.Parked && d.Instance.Series.State == SeriesState.Failed)
            .Where(d => !db.Failures.Any(f => f.SeriesId == d.Instance.SeriesId && f.ReplayedAt == null))
            .Select(d => new { d.Instance.SeriesId, d.Instance.Series.StudyId, d.Destination }).Distinct().ToListAsync(cancel);
        foreach (var one in parked)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.LockStudiesAsync([one.StudyId], cancel);
            await db.NoteParkedAsync(one.SeriesId, one.Destination, time, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
    }
}
