using Gateway.Contracts;
using Gateway.Hosting;
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
        var released = await db.Releases.AsNoTracking().Where(r => r.SeriesId == source.Id && r.Revision == source.Revision)
            .OrderByDescending(r => r.At).FirstOrDefaultAsync(cancel);
        var instances = source.Instances.Where(i => !i.Conflict)
            .Select(i => new SourceInstance(i.SopInstanceUid, () => objects.OpenRead(i.Sha256), i.Sha256)).ToList();
        try
        {
            var result = await Task.Run(() => translator.Translate(DirectionOf(source), instances, time.GetUtcNow(), released?.Reasons.ConvertAll(r => r.Code)), cancel);
            await outcome.SaveAsync(source, result, db, cancel);
        }
        catch (VolumeException e)
        {
            await TranslationOutcome.RefuseAsync(source, e.Reason, db, cancel);
        }
    }

    private static TranslationDirection DirectionOf(Series series) =>
        series.Modality == "MR" ? TranslationDirection.T2ToCt : TranslationDirection.CtToT2;
}
