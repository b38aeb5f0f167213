using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>What rules ask of a result.</summary>
/// <param name="CallingAes">Who brought the images that it was made from; empty where nobody knows, as of what was imported.</param>
/// <param name="Modality">Its own, as <c>CT</c>.</param>
/// <param name="Direction">As <c>t2-ct</c>.</param>
/// <param name="Description">Series Description (0008,103E) of what it was made from; empty where there is none.</param>
/// <param name="Gate">What the gates said of that.</param>
public sealed record DeliveryFacts(
    IReadOnlySet<string> CallingAes, string Modality, string Direction, string Description, GateResult Gate)
{
    /// <param name="derived">A derived series.</param>
    public static async Task<DeliveryFacts> ReadAsync(GatewayDbContext db, Series derived, CancellationToken cancel)
    {
        var source = db.Series.Where(s => s.Id == derived.DerivedFromSeriesId);
        var associations = source.SelectMany(s => s.Instances).Where(i => !i.Conflict).Select(i => i.AssociationId);
        var callers = await db.Associations.Where(a => associations.Contains(a.Id)).Select(a => a.CallingAe).Distinct().ToListAsync(cancel);
        var description = await source.Select(s => s.SeriesDescription).SingleOrDefaultAsync(cancel);
        var isReleased = await source.AnyAsync(s => s.Releases.Any(release => release.Revision == derived.Revision), cancel);
        return new(
            callers.ToHashSet(), derived.Modality ?? "", derived.Direction ?? "", description ?? "",
            isReleased ? GateResult.Released : GateResult.Passed);
    }
}
