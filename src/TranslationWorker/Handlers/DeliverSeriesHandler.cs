using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>DeliverSeries → sends the stored bytes of every instance that the destination lacks. What fails for now is asked for again
/// later.</summary>
public sealed class DeliverSeriesHandler(SeriesDelivery delivery, TimeProvider time) : IHandler<DeliverSeries>
{
    public async Task HandleAsync(DeliverSeries message, GatewayDbContext db, CancellationToken cancel)
    {
        var round = await delivery.SendAsync(message.SeriesId, message.Destination, db, cancel);
        if (round.NextIn is { } pause)
            db.Enqueue(message, time, time.GetUtcNow() + pause);
        else
            db.Enqueue(new SeriesSent { SeriesId = message.SeriesId, Destination = message.Destination }, time);
        if (round.CommitmentIsDue)
            db.Enqueue(new RequestCommitment { SeriesId = message.SeriesId, Destination = message.Destination }, time);
    }
}
