using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>SeriesTranslated → one DeliverSeries per destination that takes it, and an update of the study's FHIR resources.</summary>
public sealed class SeriesTranslatedHandler(IOptions<DeliveryOptions> options, TimeProvider time) : IHandler<SeriesTranslated>
{
    public async Task HandleAsync(SeriesTranslated message, GatewayDbContext db, CancellationToken cancel)
    {
        var derived = await db.Series.AsNoTracking().Include(s => s.Instances).SingleAsync(s => s.Id == message.DerivedSeriesId, cancel);
        db.Enqueue(new PublishImagingStudy { StudyId = derived.StudyId }, time);
        if (await options.Value.DestinationsAsync(db, derived, cancel) is not { Count: > 0 } destinations)
            return;
        await db.Database.BeginTransactionAsync(cancel);
        if (await db.Series.Where(s => s.Id == derived.Id).MoveAsync(db, SeriesEvent.DeliveryStarted, cancel) == 0)
            return;
        var planned = await db.Deliveries.Where(d => d.Instance.SeriesId == derived.Id)
            .Select(d => new { d.InstanceId, d.Destination }).ToListAsync(cancel);
        foreach (var destination in destinations.Select(destination => destination.Name))
        {
            foreach (var instance in derived.Instances.Where(i => !planned.Contains(new { InstanceId = i.Id, Destination = destination })))
                db.Deliveries.Add(Persistence.Delivery.Planned(instance.Id, destination, time.GetUtcNow()));
            db.Enqueue(new DeliverSeries { SeriesId = derived.Id, Destination = destination }, time);
        }
    }
}
