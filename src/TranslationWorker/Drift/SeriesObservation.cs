using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Writes what was seen of a received series, for the drift of its profile.</summary>
internal static class SeriesObservation
{
    /// <summary>Puts the row of this revision in the place of an earlier one's. In the caller's transaction, which holds the
    /// series.</summary>
    public static async Task ReplaceAsync(
        Series source, TranslatedSeries result, DateTimeOffset now, GatewayDbContext db, CancellationToken cancel)
    {
        await ForgetAsync(source, db, cancel);
        if (result.Figures is not { } figures || source.Origin != SeriesOrigin.Received)
            return;
        var chosen = source.Instances.Find(i => !i.Conflict && i.SopInstanceUid == result.ChosenSopInstanceUid)?.AssociationId;
        db.Observations.Add(new()
        {
            SeriesId = source.Id,
            Revision = source.Revision,
            Modality = result.Direction.From.Code,
            At = now,
            CallingAe = await db.Associations.Where(a => a.Id == chosen).Select(a => a.CallingAe).FirstOrDefaultAsync(cancel) ?? "",
            Vendor = figures.Vendor,
            HeldBy = result.Reasons.Count > 0 ? result.Reasons[0].Code : null,
            ModelDigest = result.Model.Digest,
            Measures = new(figures.Measures),
        });
    }

    /// <summary>An earlier revision's row does not hold any more.</summary>
    public static Task ForgetAsync(Series source, GatewayDbContext db, CancellationToken cancel) =>
        db.Observations.Where(seen => seen.SeriesId == source.Id).ExecuteDeleteAsync(cancel);
}
