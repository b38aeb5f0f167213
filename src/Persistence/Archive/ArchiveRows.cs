using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Questions to the archive's rows.</summary>
public static class ArchiveRows
{
    private const long ImportsLock = 0x47_57_49_4D_50_4F_52_54; // "GWIMPORT"

    /// <summary>Whether anything was archived or erased under another key. By this one nobody of those would be recognised.</summary>
    public static async Task<bool> KnowsOtherKeyAsync(this GatewayDbContext db, string keyId, CancellationToken cancel) =>
        await db.ArchiveSamples.AnyAsync(s => s.KeyId != keyId, cancel)
            || await db.ArchiveTombstones.AnyAsync(t => t.KeyId != keyId, cancel);

    /// <summary>Whether this patient was erased.</summary>
    public static Task<bool> IsErasedAsync(this GatewayDbContext db, SubjectPseudonym patient, CancellationToken cancel) =>
        db.ArchiveTombstones.AnyAsync(t => t.Subject == patient.Subject || t.Subject == patient.AnyIssuer, cancel);

    /// <summary>Makes imports and erasures wait for each other until the caller's transaction ends: an imported head has no study whose row
    /// could be locked.</summary>
    public static async Task LockImportsAsync(this GatewayDbContext db, CancellationToken cancel)
    {
        // On SQLite one transaction writes at a time.
        if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ImportsLock})", cancel);
    }

    /// <summary>What a series was archived as does not hold any more. In the caller's transaction.</summary>
    public static Task<int> TakeOutAsync(this GatewayDbContext db, IQueryable<Series> series, CancellationToken cancel) =>
        db.ArchiveSamples.Where(sample => series.Any(s => s.Id == sample.Id)).ExecuteDeleteAsync(cancel);
}
