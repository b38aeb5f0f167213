using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>One series to translate, as the database has it when the work begins.</summary>
/// <param name="Source">The received series with its study and instances.</param>
/// <param name="Released">Codes of the reasons that a person overrode for this revision; null where nobody did.</param>
public sealed record SeriesWork(Series Source, Direction Direction, IReadOnlyCollection<string>? Released)
{
    /// <summary>Takes the series up.</summary>
    /// <returns>Null: the series has gone on without this message.</returns>
    public static async Task<SeriesWork?> BeginAsync(TranslateSeries message, GatewayDbContext db, CancellationToken cancel)
    {
        var current = db.Series.Where(s => s.Id == message.SeriesId && s.Revision == message.Revision);
        // Committed at once, so that people see it while the work runs.
        if (await current.MoveAsync(db, SeriesEvent.TranslationStarted, cancel) == 0)
            return null;
        if (await current.AsNoTracking().Include(s => s.Study).Include(s => s.Instances).SingleOrDefaultAsync(cancel) is not { } source)
            return null;
        var release = await db.Releases.AsNoTracking().Where(r => r.SeriesId == source.Id && r.Revision == source.Revision)
            .OrderByDescending(r => r.At).FirstOrDefaultAsync(cancel);
        return new(source, DirectionOf(message, source), release?.Reasons.ConvertAll(reason => reason.Code));
    }

    /// <summary>Its images, without conflicting copies.</summary>
    public IReadOnlyList<SourceInstance> Instances(IObjectStore objects) => InstancesOf(Source, objects);

    /// <summary>The images of a series, without conflicting copies.</summary>
    public static IReadOnlyList<SourceInstance> InstancesOf(Series series, IObjectStore objects) =>
        Sources(series.Instances.Where(i => !i.Conflict), objects);

    /// <summary>Some images of a series.</summary>
    public static IReadOnlyList<SourceInstance> Sources(IEnumerable<Instance> images, IObjectStore objects) =>
    [
        .. images.Select(i =>
            new SourceInstance(i.SopInstanceUid, () => objects.OpenRead(i.Sha256), i.Sha256) { PixelDataShort = i.PixelDataShort }),
    ];

    /// <summary>As eligibility said it; a message from before it carried that, or one a release sent, leaves it to the series.</summary>
    private static Direction DirectionOf(TranslateSeries message, Series series) => Direction.Parse(
        message.Direction ?? series.Direction
            ?? throw new PermanentFailureException(ReasonCode.NoDirection, "Nobody said which way the series is to be translated."));
}
