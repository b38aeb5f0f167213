using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>When a study is looked at next. What can complete it earlier than was written brings it forward: the end of an association, a
/// count, another first image.</summary>
internal static class DueStudies
{
    /// <summary>Associations have ended: what they brought may be complete sooner. In the transaction that ends them.</summary>
    public static async Task BringForwardAsync(
        GatewayDbContext db, IReadOnlyCollection<Guid> associations, DateTimeOffset now, CancellationToken cancel)
    {
        var brought = db.AssociationStudies.Where(pair => associations.Contains(pair.AssociationId)).Select(pair => pair.StudyId);
        var studies = db.Studies.Where(study => brought.Contains(study.Id) && study.DueAt != null);
        if (db.Database.IsNpgsql())    // in one order for all replicas
            await db.LockStudiesAsync(await studies.Select(study => study.Id).ToListAsync(cancel), cancel);
        await studies.ExecuteUpdateAsync(set => set.SetProperty(study => study.DueAt, now), cancel);
    }

    /// <summary>Nothing can complete these before, unless it was brought forward meanwhile.</summary>
    public static async Task PostponeAsync(
        GatewayDbContext db, IReadOnlyList<(Guid Id, DateTimeOffset DueAt, DateTimeOffset Until)> studies, CancellationToken cancel)
    {
        if (studies.Count == 0)
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);    // one flush for all
        foreach (var (id, due, until) in studies.OrderBy(study => study.Id))
            await db.Studies.Where(study => study.Id == id && study.DueAt == due)
                .ExecuteUpdateAsync(set => set.SetProperty(study => study.DueAt, until), cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>What was written may follow from other quiet times than there are now.</summary>
    public static async Task LookAtAllAsync(IDbContextFactory<GatewayDbContext> databases, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Studies.Where(study => study.DueAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(study => study.DueAt, now), cancel);
    }
}
