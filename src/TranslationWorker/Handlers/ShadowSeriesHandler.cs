using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>ShadowSeries → figures of shadow and champion side by side. What goes wrong with the shadow is counted and dropped.</summary>
public sealed partial class ShadowSeriesHandler(
    ShadowTranslator translator, ShadowTurn turn, ShadowMetrics metrics, IObjectStore objects, TimeProvider time, ILogger<ShadowSeriesHandler> logger)
    : IHandler<ShadowSeries>
{
    public async Task HandleAsync(ShadowSeries message, GatewayDbContext db, CancellationToken cancel)
    {
        await turn.WaitAsync(db, cancel);
        if (await ShadowWork.FindAsync(message, db, cancel) is not { } work)
            return;
        try
        {
            var result = await Task.Run(() => translator.Translate(work, objects, cancel), cancel);
            var sheet = await objects.PutAsync(result.Sheet, cancel);
            if (await work.IsStillAskedAsync(db, cancel))
                db.ShadowResults.Add(work.Row(result, sheet, time.GetUtcNow()));
            metrics.Ended("compared");
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && (error is ModelException || WorldFaults.DependencyOf(error) is null))
        {
            metrics.Ended("dropped");
            LogDropped(work.Shadow, message.SeriesId, error);
        }
    }

    [LoggerMessage(EventId = 2031, Level = LogLevel.Warning, Message = "The shadow {Model} could not translate series {SeriesId}; the champion's result stands")]
    private partial void LogDropped(string model, Guid seriesId, Exception error);
}
