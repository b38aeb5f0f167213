using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>SeriesTranslated → one DeliverSeries per destination, and the study's FHIR resources anew.</summary>
public sealed class SeriesTranslatedHandler(IOptions<DeliveryOptions> options, TimeProvider time) : IHandler<SeriesTranslated>
{
    public async Task HandleAsync(SeriesTranslated message, GatewayDbContext db, CancellationToken cancel)
    {
        var derived = await db.Series.Include(s => s.Instances).SingleAsync(s => s.Id == message.DerivedSeriesId, cancel);
        foreach (var destination in options.Value.Destinations)
        {
            foreach (var instance in derived.Instances)
                db.Deliveries.Add(new() { Id = Guid.CreateVersion7(time.GetUtcNow()), InstanceId = instance.Id, Destination = destination.Name });
            db.Enqueue(new DeliverSeries { SeriesId = derived.Id, Destination = destination.Name }, time);
            derived.State = SeriesState.Delivering;
        }
        db.Enqueue(new PublishImagingStudy { StudyId = derived.StudyId }, time);
    }
}
