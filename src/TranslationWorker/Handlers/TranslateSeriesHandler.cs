using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>TranslateSeries → a derived series, durable and announced; or a held series with the gate's reasons.</summary>
[LongWork]
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
            var made = Task.Run(() => translator.Translate(
                work.Direction, work.Instances(objects), time.GetUtcNow(), work.Released, number, cancel: cancel), cancel);
            var result = await made.WaitAsync(cancel);    // also where it does not listen
            await outcome.SaveAsync(work.Source, result, db, CancellationToken.None);    // it is there: it is kept
        }
        catch (VolumeException e)
        {
            await outcome.RefuseAsync(work.Source, e.Reason, db, cancel);
        }
    }
}
