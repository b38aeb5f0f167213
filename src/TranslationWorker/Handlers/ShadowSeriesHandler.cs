using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>ShadowSeries → figures of shadow and champion side by side. What goes wrong with the shadow is counted and dropped.</summary>
[LongWork]
public sealed class ShadowSeriesHandler(
    ShadowTranslator translator, ShadowTurn turn, ShadowMetrics metrics, IObjectStore objects, TimeProvider time) : IHandler<ShadowSeries>
{
    public async Task HandleAsync(ShadowSeries message, GatewayDbContext db, CancellationToken cancel)
    {
        await turn.WaitAsync(db, cancel);
        if (await ShadowWork.FindAsync(message, db, cancel) is not { } work)
            return;
        try
        {
            var result = await Task.Run(() => translator.Translate(work, objects, cancel), cancel);
            if (await work.IsStillAskedAsync(db, cancel))
                db.ShadowResults.Add(work.Row(result, await objects.PutAsync(result.Sheet, cancel), time.GetUtcNow()));
            metrics.Compared();
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && (e is ModelException || WorldFaults.DependencyOf(e) is null))
        {
            metrics.Dropped(work.Shadow, message.SeriesId, e);
        }
    }
}
