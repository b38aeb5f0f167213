using Gateway.Contracts;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>One series that a shadow translates.</summary>
/// <param name="Source">The received series with its instances.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Shadow">Digest of the shadow.</param>
public sealed record ShadowWork(Series Source, Direction Direction, string Shadow)
{
    /// <returns>Null: the direction has no shadow any more, the series has gone on, or it was compared already.</returns>
    public static async Task<ShadowWork?> FindAsync(ShadowSeries message, GatewayDbContext db, CancellationToken cancel)
    {
        var source = await db.Series.AsNoTracking().Include(s => s.Instances)
            .SingleOrDefaultAsync(s => s.Id == message.SeriesId && s.Revision == message.Revision, cancel);
        if (source?.Direction is not { } direction || await db.ShadowOfAsync(direction, cancel) is not { } shadow)
            return null;
        var done = await db.ShadowResults.AnyAsync(
            r => r.SeriesId == source.Id && r.Revision == source.Revision && r.Digest == shadow, cancel);
        return done ? null : new(source, Direction.Parse(direction), shadow);
    }

    /// <summary>Whether it is the shadow of its direction even now.</summary>
    public async Task<bool> IsStillAskedAsync(GatewayDbContext db, CancellationToken cancel) =>
        await db.ShadowOfAsync(Direction.Name, cancel) == Shadow;

    public ShadowResult Row(ShadowTranslation result, string sheet, DateTimeOffset now) => new()
    {
        SeriesId = Source.Id,
        Revision = Source.Revision,
        Digest = Shadow,
        ChampionDigest = result.Champion,
        At = now,
        Measures = new(result.Measures),
        SheetSha256 = sheet,
    };
}
