using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>TranslateSeries → a derived series, durable and announced; or a held series with the gate's reasons.</summary>
public sealed class TranslateSeriesHandler(ITranslator translator, TranslationOutcome outcome, IObjectStore objects, TimeProvider time)
    : IHandler<TranslateSeries>
{
    public async Task HandleAsync(TranslateSeries message, GatewayDbContext db, CancellationToken cancel)
    {
        if (await SeriesWork.BeginAsync(message, db, cancel) is not { } work)
            return;
        var number = await SeriesNumbers.NextAsync(work.Source, db, cancel);
        try
        {
            var result = await Task.Run(
                () => translator.Translate(
                    work.Direction, work.Instances(objects), time.GetUtcNow(), work.Released, number, cancel: cancel), cancel);
            // it is there: it is kept, also while the host stops
            await outcome.SaveAsync(work.Source, result, db, CancellationToken.None);
        }
        catch (VolumeException e)
        {
            await outcome.RefuseAsync(work.Source, e.Reason, db, cancel);
        }
    }
}
