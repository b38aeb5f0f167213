using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>TranslateSeries → a derived series, durable and announced; or the series is held with the gate's reasons.</summary>
public sealed partial class TranslateSeriesHandler(
    SeriesTranslator translator, DerivedSeriesStore store, IObjectStore objects, TimeProvider time, ILogger<TranslateSeriesHandler> logger)
    : IHandler<TranslateSeries>
{
    public async Task HandleAsync(TranslateSeries message, GatewayDbContext db, CancellationToken cancel)
    {
        var source = await db.Series.Include(s => s.Study).Include(s => s.Instances).SingleAsync(s => s.Id == message.SeriesId, cancel);
        if (source.Revision != message.Revision)
            return; // a later revision is on its way and supersedes this one
        // Seen by people while the work runs; the state that counts is saved with the result.
        await db.Series.Where(s => s.Id == source.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.State, SeriesState.Translating), cancel);

        var released = await db.Releases.AsNoTracking().Where(r => r.SeriesId == source.Id && r.Revision == source.Revision)
            .OrderByDescending(r => r.At).FirstOrDefaultAsync(cancel);
        var instances = source.Instances.Where(i => !i.Conflict)
            .Select(i => new SourceInstance(i.SopInstanceUid, () => objects.OpenRead(i.Sha256), i.Sha256)).ToList();
        try
        {
            var result = await Task.Run(() => translator.Translate(DirectionOf(source), instances, time.GetUtcNow(), released?.Reasons.ConvertAll(r => r.Code)), cancel);
            await SaveAsync(source, result, db, cancel);
        }
        catch (VolumeException e)
        {
            source.State = SeriesState.Ineligible;
            source.Reasons = [e.Reason];
        }
    }

    private async Task SaveAsync(Series source, TranslatedSeries result, GatewayDbContext db, CancellationToken cancel)
    {
        source.ChosenSopInstanceUid = result.ChosenSopInstanceUid;
        source.Reasons = [.. result.Reasons];
        if (result.Derived.Count == 0)
        {
            source.State = SeriesState.Held;
            source.Measures = DerivedSeriesStore.Measures(result);
            await db.Pictures.Where(p => p.SeriesId == source.Id).ExecuteDeleteAsync(cancel); // of an earlier time it was held
            await store.AddPicturesAsync(source.Id, result, db, cancel);
            var codes = string.Join(' ', result.Reasons.Select(r => r.Code));
            LogHeld(source.Id, codes);
            return;
        }
        var derivedId = await store.AddAsync(source, result, db, cancel);
        source.State = SeriesState.Translated;
        db.Enqueue(new SeriesTranslated { SeriesId = source.Id, DerivedSeriesId = derivedId }, time);
        var seconds = result.Seconds.Values.Sum();
        LogTranslated(source.Id, result.Model.Name, seconds);
    }

    private static TranslationDirection DirectionOf(Series series) =>
        series.Modality == "MR" ? TranslationDirection.T2ToCt : TranslationDirection.CtToT2;

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Series {SeriesId} translated by {Model} in {Seconds:0.00} s")]
    private partial void LogTranslated(Guid seriesId, string model, double seconds);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Series {SeriesId} held: {Codes}")]
    private partial void LogHeld(Guid seriesId, string codes);
}
