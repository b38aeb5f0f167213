using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>What a destination has not taken, by the rows of all processes.</summary>
/// <param name="Destination">Its name.</param>
/// <param name="Waiting">Images that wait for it.</param>
/// <param name="Parked">Images that were given up on and can be replayed.</param>
/// <param name="Since">Since when the oldest image waits; null when none does.</param>
/// <param name="Attempts">The most tries that one of them has had.</param>
/// <param name="TriedAt">The last try of one of them; null before the first.</param>
/// <param name="Code">The destination's answer to that try, in the numbers of its protocol; null where it gave none.</param>
/// <param name="Error">Its own words, which may name a patient; without a code, why it could not be asked.</param>
public sealed record WaitingDeliveries(
    string Destination, int Waiting, int Parked, DateTimeOffset? Since, int Attempts, DateTimeOffset? TriedAt, int? Code, string? Error)
{
    /// <summary>Images that it took and does not keep safe, or does not say so (storage commitment).</summary>
    public int NotKept { get; init; }

    /// <summary>By destination. What was superseded, or failed before it was sent, waits for nothing.</summary>
    public static async Task<IReadOnlyList<WaitingDeliveries>> ReadAsync(GatewayDbContext db, CancellationToken cancel)
    {
        var waiting = db.Deliveries.Where(d => d.State == DeliveryState.Pending && d.Instance.Series.State == SeriesState.Delivering);
        var counts = await waiting.GroupBy(d => d.Destination)
            .Select(g => new { g.Key, Count = g.Count(), Since = g.Min(d => d.WaitingSince), Attempts = g.Max(d => d.Attempts) })
            .ToListAsync(cancel);
        var parked = await db.Deliveries.Where(d => d.State == DeliveryState.Parked && d.Instance.Series.State == SeriesState.Failed)
            .GroupBy(d => d.Destination).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var notKept = await db.Deliveries
            .Where(d => d.CommitmentFailure != null || d.CommitmentMissedAt != null)
            .Where(d => d.CommittedAt == null && d.Instance.Series.State != SeriesState.Superseded)
            .GroupBy(d => d.Destination).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var found = new List<WaitingDeliveries>();
        foreach (var one in counts)
        {
            var last = await waiting.Where(d => d.Destination == one.Key && d.TriedAt != null).OrderByDescending(d => d.TriedAt)
                .AsNoTracking().FirstOrDefaultAsync(cancel);
            parked.Remove(one.Key, out var count);
            found.Add(new(one.Key, one.Count, count, one.Since, one.Attempts, last?.TriedAt, last?.DicomStatus, last?.Error));
        }
        found.AddRange(parked.Select(one => new WaitingDeliveries(one.Key, 0, one.Value, null, 0, null, null, null)));
        found.AddRange(notKept.Keys.Except(found.Select(one => one.Destination))
            .Select(name => new WaitingDeliveries(name, 0, 0, null, 0, null, null, null)));
        return [.. found.OrderBy(one => one.Destination, StringComparer.Ordinal)
            .Select(one => one with { NotKept = notKept.GetValueOrDefault(one.Destination) })];
    }
}
