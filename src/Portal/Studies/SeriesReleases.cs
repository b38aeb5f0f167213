using Microsoft.EntityFrameworkCore;

using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>A person's release of a held series: recorded, and put back in the queue, in one transaction.</summary>
internal sealed partial class SeriesReleases(
    IDbContextFactory<GatewayDbContext> databases, TimeProvider time, OutboxSignal outbox, ILogger<SeriesReleases> logger)
{
    public async Task<ReleaseOutcome> ReleaseAsync(Guid seriesId, string by, string why, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Series.AsNoTracking().SingleOrDefaultAsync(s => s.Id == seriesId, cancel) is not { } series)
            return new(ReleaseResult.NoSuchSeries);
        if (series.State != SeriesState.Held)
            return new(ReleaseResult.NotHeld, series);
        if (series.Reasons.Exists(reason => reason.Code == ReasonCode.PatientConflict.Name))
            return new(ReleaseResult.PatientConflict, series);
        if (series.Reasons.Exists(reason => reason.IsFinal()))
            return new(ReleaseResult.Final, series);

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Of two people, or of a person and a late image, one comes first.
        var taken = await db.Series.Where(s => s.Id == seriesId && s.Revision == series.Revision)
            .MoveAsync(db, SeriesEvent.Released, cancel);
        if (taken == 0)
            return new(ReleaseResult.NotHeld, series);
        db.Releases.Add(new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            SeriesId = seriesId,
            Revision = series.Revision,
            At = time.GetUtcNow(),
            By = by,
            Why = why,
            Reasons = [.. series.Reasons],
        });
        db.Enqueue(new SeriesReleased { SeriesId = seriesId, Revision = series.Revision }, time);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        outbox.Set();
        var codes = string.Join(' ', series.Reasons.Select(reason => reason.Code));
        LogReleased(seriesId, codes);
        return new(ReleaseResult.Released, series);
    }

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "Series {SeriesId} released by a person after gate: {Codes}")]
    private partial void LogReleased(Guid seriesId, string codes);
}
