using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Saves the result for a series, unless the series changed meanwhile: more images came, or another worker was faster.</summary>
public sealed partial class TranslationOutcome(
    DerivedSeriesStore store, SampleArchive archive, Rejections rejections, TimeProvider time, ILogger<TranslationOutcome> logger)
{
    /// <summary>Leaves the transaction open: the caller commits rows, message and state together.</summary>
    /// <param name="source">The received series, as it was translated.</param>
    /// <param name="result">The result of the translation.</param>
    /// <param name="db">Holds the rows until the commit.</param>
    /// <param name="cancel">Ends the wait for the database and the object store.</param>
    public async Task SaveAsync(Series source, TranslatedSeries result, GatewayDbContext db, CancellationToken cancel)
    {
        if (!await db.Series.AnyAsync(
            s => s.Id == source.Id && s.Revision == source.Revision && s.State == SeriesState.Translating, cancel))
            return;
        if (result.Derived.Count == 0)
            await HoldAsync(source, result, db, cancel);
        else if (await store.IsRejectedAsync(source, result, db, cancel))
            await RefuseAsync(source, ReaderJudgement.Rejected, db, cancel);
        else
            await KeepAsync(source, result, db, cancel);
    }

    /// <summary>Records that the images form nothing that can be translated.</summary>
    public async Task RefuseAsync(Series source, Reason reason, GatewayDbContext db, CancellationToken cancel)
    {
        await db.Database.BeginTransactionAsync(cancel);
        if (await Current(source, db).MoveAsync(
            db, SeriesEvent.NotTranslatable, cancel, set => set.SetProperty(s => s.Reasons, new List<Reason> { reason })) == 1)
        {
            await db.TakeOutAsync(Current(source, db), cancel);
            await SeriesObservation.ForgetAsync(source, db, cancel);
            await rejections.PlanAsync(source.StudyId, db, cancel);
        }
    }

    private async Task HoldAsync(Series source, TranslatedSeries result, GatewayDbContext db, CancellationToken cancel)
    {
        await store.AddPicturesAsync(source.Id, result, db, cancel);
        await db.Database.BeginTransactionAsync(cancel);
        var held = await Current(source, db).MoveAsync(db, SeriesEvent.HeldByGate, cancel, set => set
            .SetProperty(s => s.ChosenSopInstanceUid, result.ChosenSopInstanceUid)
            .SetProperty(s => s.Reasons, result.Reasons.ToList())
            .SetProperty(s => s.Measures, DerivedSeriesStore.Measures(result)));
        if (held == 0)
        {
            db.ChangeTracker.Clear();
            return;
        }
        await db.TakeOutAsync(Current(source, db), cancel);
        await SeriesObservation.ReplaceAsync(source, result, time.GetUtcNow(), db, cancel);
        await db.Pictures.Where(p => p.SeriesId == source.Id).ExecuteDeleteAsync(cancel); // of an earlier time it was held
        await rejections.PlanAsync(source.StudyId, db, cancel);
        var codes = string.Join(' ', result.Reasons.Select(r => r.Code));
        LogHeld(source.Id, codes);
    }

    private async Task KeepAsync(Series source, TranslatedSeries result, GatewayDbContext db, CancellationToken cancel)
    {
        var derivedId = await store.AddAsync(source, result, db, cancel);
        var sample = await archive.StoreAsync(source, result, db, cancel);
        await db.Database.BeginTransactionAsync(cancel);
        var saved = await Current(source, db).MoveAsync(db, SeriesEvent.TranslationSaved, cancel, set => set
            .SetProperty(s => s.ChosenSopInstanceUid, result.ChosenSopInstanceUid)
            .SetProperty(s => s.Reasons, result.Reasons.ToList()));
        if (saved == 0)
        {
            db.ChangeTracker.Clear();
            return;
        }
        await archive.ReplaceAsync(source, sample, db, cancel);
        await SeriesObservation.ReplaceAsync(source, result, time.GetUtcNow(), db, cancel);
        await db.Series.Where(s => s.Id == derivedId)
            .MoveAsync(db, SeriesEvent.MadeAgain, cancel, set => set.SetProperty(s => s.Revision, source.Revision));
        await db.Series.Where(s => s.StudyId == source.StudyId && s.DerivedFromSeriesId == source.Id && s.Id != derivedId)
            .MoveAsync(db, SeriesEvent.MadeByAnother, cancel);
        db.Enqueue(new SeriesTranslated { SeriesId = source.Id, DerivedSeriesId = derivedId }, time);
        if (await db.ShadowOfAsync(result.Direction.Name, cancel) is not null)
            db.Enqueue(new ShadowSeries { SeriesId = source.Id, Revision = source.Revision }, time);
        var seconds = result.Seconds.Values.Sum();
        LogTranslated(source.Id, result.Model.Name, seconds);
    }

    private static IQueryable<Series> Current(Series source, GatewayDbContext db) =>
        db.Series.Where(s => s.Id == source.Id && s.Revision == source.Revision);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Series {SeriesId} translated by {Model} in {Seconds:0.00} s")]
    private partial void LogTranslated(Guid seriesId, string model, double seconds);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Series {SeriesId} held: {Codes}")]
    private partial void LogHeld(Guid seriesId, string codes);
}
