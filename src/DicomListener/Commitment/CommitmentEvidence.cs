using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>Which instances we can answer for (PS3.4 §J.3.3): those with a committed row and an object in the store, and no
/// others.</summary>
internal sealed class CommitmentEvidence(IDbContextFactory<GatewayDbContext> databases, IObjectStore objects)
{
    private const int Chunk = 500;

    /// <summary>Which of the instances are kept, and why the others are not.</summary>
    public async Task<CommitmentResult> FindAsync(CommitmentRequest request, CancellationToken cancel)
    {
        var (kept, failed) = (new List<SopReference>(), new List<FailedReference>());
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var chunk in request.Instances.Chunk(Chunk))
        {
            var stored = await StoredAsync(db, chunk, cancel);
            foreach (var instance in chunk)
            {
                if (await FailureAsync(instance, stored[instance.SopInstanceUid.Value], cancel) is { } reason)
                    failed.Add(new(instance, reason));
                else
                    kept.Add(instance);
            }
        }

        return new(request.TransactionUid, kept, failed);
    }

    private static async Task<ILookup<string, Stored>> StoredAsync(GatewayDbContext db, SopReference[] instances, CancellationToken cancel)
    {
        var uids = instances.Select(instance => instance.SopInstanceUid.Value).ToList();
        var rows = await db.Instances.AsNoTracking().Where(row => uids.Contains(row.SopInstanceUid))
            .Select(row => new { row.SopInstanceUid, row.SopClassUid, row.Sha256 }).ToListAsync(cancel);
        return rows.ToLookup(row => row.SopInstanceUid, row => new Stored(row.SopClassUid, row.Sha256));
    }

    private async Task<ushort?> FailureAsync(SopReference instance, IEnumerable<Stored> stored, CancellationToken cancel)
    {
        var there = new List<Stored>();
        foreach (var row in stored)
            if (await objects.ExistsAsync(row.Sha256, cancel))
                there.Add(row);
        if (there.Count == 0)
            return CommitmentFailure.NoSuchObjectInstance;
        return there.Exists(row => row.SopClassUid == instance.SopClassUid.Value) ? null : CommitmentFailure.ClassInstanceConflict;
    }

    private sealed record Stored(string SopClassUid, string Sha256);
}
