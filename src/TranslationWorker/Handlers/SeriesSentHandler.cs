using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>SeriesSent → the state of the series, computed from the delivery rows of all destinations.</summary>
public sealed class SeriesSentHandler(TimeProvider time) : IHandler<SeriesSent>
{
    public async Task HandleAsync(SeriesSent message, GatewayDbContext db, CancellationToken cancel)
    {
        await db.Database.BeginTransactionAsync(cancel);
        await db.SettleDeliveryAsync(message.SeriesId, cancel);
        await db.NoteParkedAsync(message.SeriesId, message.Destination, time, cancel);
    }
}
