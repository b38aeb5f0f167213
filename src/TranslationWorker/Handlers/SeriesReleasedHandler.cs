using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>SeriesReleased → TranslateSeries, whose handler reads the release from the database.</summary>
public sealed class SeriesReleasedHandler(TimeProvider time) : IHandler<SeriesReleased>
{
    public Task HandleAsync(SeriesReleased message, GatewayDbContext db, CancellationToken cancel)
    {
        db.Enqueue(new TranslateSeries { SeriesId = message.SeriesId, Revision = message.Revision }, time);
        return Task.CompletedTask;
    }
}
