using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>TranslateSeries → a derived series, durable and announced; or the series is held with the gate's reasons.</summary>
public sealed class TranslateSeriesHandler(ITranslator translator, TranslationOutcome outcome, IObjectStore objects, TimeProvider time)
    : IHandler<TranslateSeries>
{
    public async Task HandleAsync(TranslateSeries message, GatewayDbContext db, CancellationToken cancel)
    {
        var current = db.Series.Where(s => s.Id == message.SeriesId && s.Revision == message.Revision);
        // Committed at once, so that people see it while the work runs. A series that does not move has gone on without this message.
        if (await current.MoveAsync(SeriesEvent.TranslationStarted, cancel) == 0)
            return;

        var source = await current.AsNoTracking().Include(s => s.Study).Include(s => s.Instances).SingleOrDefaultAsync(cancel);
        if (source is null)
            return;
        var direction = DirectionOf(message, source);
        var released = await db.Releases.AsNoTracking().Where(r => r.SeriesId == source.Id && r.Revision == source.Revision)
            .OrderByDescending(r => r.At).FirstOrDefaultAsync(cancel);
        var instances = source.Instances.Where(i => !i.Conflict)
            .Select(i => new SourceInstance(i.SopInstanceUid, () => objects.OpenRead(i.Sha256), i.Sha256)).ToList();
        try
        {
            var result = await Task.Run(() => translator.Translate(direction, instances, time.GetUtcNow(), released?.Reasons.ConvertAll(r => r.Code)), cancel);
            await outcome.SaveAsync(source, result, db, cancel);
        }
        catch (VolumeException e)
        {
            await TranslationOutcome.RefuseAsync(source, e.Reason, db, cancel);
        }
    }

    /// <summary>As eligibility said it; a message from before it carried that, or one a release sent, leaves it to the series.</summary>
    private static Direction DirectionOf(TranslateSeries message, Series series) => Direction.Parse(
        message.Direction ?? series.Direction ?? throw new PermanentFailureException(ReasonCode.NoDirection, "Nobody said which way the series is to be translated."));
}
