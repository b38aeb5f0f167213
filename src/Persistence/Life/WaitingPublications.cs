using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>What the external FHIR server has not taken, by the rows of all processes.</summary>
/// <param name="Waiting">Studies that wait for it.</param>
/// <param name="Parked">Studies that it refused for good.</param>
/// <param name="Since">Since when the oldest study waits; null when none does.</param>
/// <param name="Attempts">The most tries that one of them has had.</param>
/// <param name="TriedAt">The last try of one of them; null before the first.</param>
/// <param name="HttpStatus">Its answer to that try; null where it gave none.</param>
/// <param name="Error">Codes and paths; no patient data.</param>
public sealed record WaitingPublications(
    int Waiting, int Parked, DateTimeOffset? Since, int Attempts, DateTimeOffset? TriedAt, int? HttpStatus, string? Error)
{
    public static readonly WaitingPublications None = new(0, 0, null, 0, null, null, null);

    public static async Task<WaitingPublications> ReadAsync(GatewayDbContext db, CancellationToken cancel)
    {
        var parked = await db.FhirPublications.CountAsync(row => row.State == DeliveryState.Parked, cancel);
        var waiting = db.FhirPublications.Where(row => row.State == DeliveryState.Pending);
        if (await waiting.GroupBy(_ => 1)
            .Select(g => new { Count = g.Count(), Since = g.Min(row => row.WaitingSince), Attempts = g.Max(row => row.Attempts) })
            .SingleOrDefaultAsync(cancel) is not { } counts)
            return None with { Parked = parked };
        var last = await waiting.Where(row => row.TriedAt != null).OrderByDescending(row => row.TriedAt).AsNoTracking()
            .FirstOrDefaultAsync(cancel);
        return new(counts.Count, parked, counts.Since, counts.Attempts, last?.TriedAt, last?.HttpStatus, last?.Error);
    }
}
