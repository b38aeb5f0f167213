using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using DeliveryRow = Gateway.Persistence.Delivery;

namespace Gateway.TranslationWorker;

/// <summary>Holds a result back until its destination has what it was made from: an archive makes a study of the first header that comes,
/// and that is to be the scanner's.</summary>
public sealed partial class SourceWatch(TimeProvider time, ILogger<SourceWatch> logger)
{
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(1);

    /// <param name="rows">What of one series waits for the destination, with its instances.</param>
    /// <returns>Null: it may be sent. Else the verdict on all that waits, with when to ask again, where it is to wait.</returns>
    public async Task<SourceHold?> AskAsync(
        List<DeliveryRow> rows, Destination destination, IDeliverer deliverer, GatewayDbContext db, CancellationToken cancel)
    {
        if (await QuestionAsync(rows[0].Instance.SeriesId, destination, db, cancel) is not { } question)
            return null;
        var answer = await deliverer.AskForSourceAsync(destination, question, cancel);
        if (answer.IsThere is not { } isThere)
            return new(DeliveryOutcome.AgainLater, answer.Code, answer.Text ?? "The destination did not say whether it has the source.");
        var waited = time.GetUtcNow() - rows.Min(row => row.WaitingSince);
        var isLate = waited >= destination.SourceFirstLimit && destination.SourceFirstThen != SourceMissing.Wait;
        if (isThere || (isLate && destination.SourceFirstThen == SourceMissing.Send))
            return null;
        if (isLate)
            LogMissing(rows[0].Instance.SeriesId, destination.Name);
        const string text = "The destination does not have the source of the image yet.";
        return isLate
            ? new(DeliveryOutcome.Refused, null, text)
            : new(DeliveryOutcome.AgainLater, null, text) { NextIn = Clamp(waited / 10) };
    }

    /// <returns>Null: nothing is asked of a note, or once an image of the series is there.</returns>
    private static async Task<SourceQuestion?> QuestionAsync(
        Guid seriesId, Destination destination, GatewayDbContext db, CancellationToken cancel)
    {
        if (destination.SourceFirst == SourceFirst.None
            || await db.Deliveries.AnyAsync(d => d.Instance.SeriesId == seriesId && d.Destination == destination.Name
                && d.State == DeliveryState.Delivered, cancel))
            return null;
        return await (
            from derived in db.Series
            where derived.Origin == SeriesOrigin.Derived && (derived.Id == seriesId || db.Series.Any(
                s => s.Id == seriesId && s.Origin == SeriesOrigin.Report && s.DerivedFromSeriesId == derived.Id))
            join source in db.Series on derived.DerivedFromSeriesId equals source.Id
            select new SourceQuestion(
                source.Study.StudyInstanceUid, destination.SourceFirst == SourceFirst.Series ? source.SeriesInstanceUid : null))
            .SingleOrDefaultAsync(cancel);
    }

    private static TimeSpan Clamp(TimeSpan pause) => pause < Soonest ? Soonest : pause > Latest ? Latest : pause;

    [LoggerMessage(
        EventId = 2041, Level = LogLevel.Warning,
        Message = "Series {SeriesId}: {Destination} has not got its source in time; the delivery is parked")]
    private partial void LogMissing(Guid seriesId, string destination);
}
