using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>SeriesTranslated → one DeliverSeries per destination that takes it, and one for its report; and an update of the study's FHIR
/// resources.</summary>
public sealed class SeriesTranslatedHandler(IOptions<DeliveryOptions> options, TimeProvider time) : IHandler<SeriesTranslated>
{
    public async Task HandleAsync(SeriesTranslated message, GatewayDbContext db, CancellationToken cancel)
    {
        var derived = await db.Series.AsNoTracking().SingleAsync(s => s.Id == message.DerivedSeriesId, cancel);
        db.Enqueue(new PublishImagingStudy { StudyId = derived.StudyId }, time);
        if (await options.Value.DestinationsAsync(db, derived, cancel) is not { Count: > 0 } destinations)
            return;
        await db.Database.BeginTransactionAsync(cancel);
        await db.PlanAsync(derived.Id, destinations, time, cancel);
    }
}
