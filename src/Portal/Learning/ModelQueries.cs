using System.Text;

using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>What the page and the API read of models.</summary>
internal sealed class ModelQueries(IDbContextFactory<GatewayDbContext> databases, IObjectStore objects)
{
    private const int LongestReport = 4 << 20;
    private const int LatestSeries = 10;

    /// <summary>Models, newest first.</summary>
    /// <param name="direction">Those of one; null for all.</param>
    /// <param name="state">Those in one; null for all.</param>
    /// <param name="page">How many, and from where.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    public async Task<Page<Model>> ListAsync(string? direction, ModelState? state, PageRequest page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = db.Models.AsNoTracking();
        if (direction is not null)
            rows = rows.Where(m => m.Direction == direction);
        if (state is not null)
            rows = rows.Where(m => m.State == state);
        if (page.After is { At: var at } after)
        {
            var digest = DigestCursor.Digest(after);
            rows = rows.Where(m => m.CreatedAt < at || (m.CreatedAt == at && string.Compare(m.Digest, digest) < 0));
        }
        var found = await rows.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Digest).Take(page.Limit + 1).ToListAsync(cancel);
        return Page<Model>.Of(found, page.Limit, m => DigestCursor.Of(m.CreatedAt, m.Digest));
    }

    /// <returns>Null: there is no such model.</returns>
    public async Task<ModelDetail?> FindAsync(string digest, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Models.AsNoTracking().Include(m => m.Acts.OrderBy(a => a.At).ThenBy(a => a.Id))
            .SingleOrDefaultAsync(m => m.Digest == digest, cancel) is not { } model)
            return null;
        var children = await db.Models.AsNoTracking().Where(m => m.ParentDigest == digest).OrderBy(m => m.CreatedAt).ThenBy(m => m.Digest)
            .ToListAsync(cancel);
        var made = db.Series.Where(s => s.ModelDigest == digest && s.Origin == SeriesOrigin.Derived);
        var latest = await made.OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).Take(LatestSeries)
            .Select(s => new MadeSeries(s.Id, s.StudyId, s.CreatedAt)).ToListAsync(cancel);
        var (champion, before) = (await db.ChampionAsync(model.Direction, cancel), await BeforeAsync(db, model.Direction, cancel));
        return new(model, await ReportAsync(model, cancel), children, await made.CountAsync(cancel), latest, champion?.Digest, before,
            await ShadowAsync(db, digest, cancel));
    }

    /// <summary>By direction, where a roll back leads to.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RollBacksAsync(IEnumerable<string> directions, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var leads = new Dictionary<string, string>();
        foreach (var direction in directions)
            if (await BeforeAsync(db, direction, cancel) is { } before)
                leads[direction] = before;
        return leads;
    }

    private static async Task<ShadowSummary> ShadowAsync(GatewayDbContext db, string digest, CancellationToken cancel)
    {
        var results = db.ShadowResults.AsNoTracking().Where(r => r.Digest == digest);
        var newest = await results.OrderByDescending(r => r.At).ThenByDescending(r => r.SeriesId).Take(ShadowSummary.MostSeries)
            .ToListAsync(cancel);
        return ShadowSummary.Of(newest.Count < ShadowSummary.MostSeries ? newest.Count : await results.CountAsync(cancel), newest);
    }

    private static async Task<string?> BeforeAsync(GatewayDbContext db, string direction, CancellationToken cancel)
    {
        var rejected = await db.Models.Where(m => m.Direction == direction && m.State == ModelState.Rejected).Select(m => m.Digest)
            .ToListAsync(cancel);
        return ModelHistory.Before(await db.ModelActsAsync(direction, cancel), rejected);
    }

    /// <returns>The model's card as Markdown; null: there is no such model.</returns>
    public async Task<string?> CardAsync(string digest, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ModelCard.ReadAsync(db, objects, digest, cancel);
    }

    /// <summary>How a model did beside the champion.</summary>
    /// <returns>Null: there is no such model.</returns>
    public async Task<ShadowReport?> ShadowAsync(string digest, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.ShadowReportAsync(digest, cancel);
    }

    /// <summary>Whether any row names this object as a sheet: what is no sheet is not served as one.</summary>
    public async Task<bool> IsSheetAsync(string sha256, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.TrainingSheets.AnyAsync(s => s.Sha256 == sha256, cancel) || await db.Models.AnyAsync(
            m => m.SheetSha256 == sha256, cancel)
            || await db.ShadowResults.AnyAsync(s => s.SheetSha256 == sha256, cancel);
    }

    private async Task<string?> ReportAsync(Model model, CancellationToken cancel)
    {
        if (model.ReportSha256 is null)
            return null;
        try
        {
            await using var stream = objects.OpenRead(model.ReportSha256);
            if (stream.Length > LongestReport)
                return null;
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return await reader.ReadToEndAsync(cancel);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
