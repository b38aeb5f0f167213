using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>How many images a study has, as trusted callers have said.</summary>
internal static class ExpectedCount
{
    private const int Chunk = 500;

    /// <summary>The highest count wins. A count that is too high only waits for the quiet time; one that is too low cuts a study in
    /// two.</summary>
    public static Task RaiseAsync(GatewayDbContext db, Guid studyId, int count, CancellationToken cancel = default) =>
        db.Studies.Where(study => study.Id == studyId && (study.ExpectedInstances == null || study.ExpectedInstances < count))
            .ExecuteUpdateAsync(
                study => study.SetProperty(x => x.ExpectedInstances, count)
                    .SetProperty(x => x.DueAt, x => x.DueAt == null ? null : x.LastReceivedAt),    // it may be complete by that
                cancel);

    /// <summary>All of these are kept, and their sender has no others.</summary>
    public static async Task RaiseAsync(GatewayDbContext db, IReadOnlyList<SopReference> all, CancellationToken cancel)
    {
        var counts = new Dictionary<Guid, int>();
        foreach (var chunk in all.Select(instance => instance.SopInstanceUid.Value).Distinct().Chunk(Chunk))
        {
            var found = await db.Instances
                .Where(row => chunk.Contains(row.SopInstanceUid) && row.Series.Origin == SeriesOrigin.Received && !row.Conflict)
                .GroupBy(row => row.Series.StudyId).Select(study => new { Id = study.Key, Count = study.Count() }).ToListAsync(cancel);
            foreach (var study in found)
                counts[study.Id] = counts.GetValueOrDefault(study.Id) + study.Count;
        }

        foreach (var (study, count) in counts.OrderBy(pair => pair.Key))    // one order for all replicas
            await RaiseAsync(db, study, count, cancel);
    }
}
