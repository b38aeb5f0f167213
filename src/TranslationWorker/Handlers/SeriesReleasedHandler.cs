using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>SeriesReleased → TranslateSeries, whose handler reads the release from the database.</summary>
public sealed class SeriesReleasedHandler(TimeProvider time) : IHandler<SeriesReleased>
{
    public async Task HandleAsync(SeriesReleased message, GatewayDbContext db, CancellationToken cancel)
    {
        db.Urgent = await db.Series.AnyAsync(s => s.Id == message.SeriesId && s.Study.UrgentBy != null, cancel);
        db.Enqueue(new TranslateSeries { SeriesId = message.SeriesId, Revision = message.Revision }, time);
    }
}
