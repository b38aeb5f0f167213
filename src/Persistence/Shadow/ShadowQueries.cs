using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Questions to the shadows' rows.</summary>
public static class ShadowQueries
{
    /// <summary>Digest of the shadow of a direction; null without one.</summary>
    public static Task<string?> ShadowOfAsync(this GatewayDbContext db, string direction, CancellationToken cancel) =>
        db.Models.Where(model => model.Direction == direction && model.State == ModelState.Shadow).OrderBy(model => model.Digest)
            .Select(model => model.Digest).FirstOrDefaultAsync(cancel);

    /// <summary>How a model did as a shadow.</summary>
    /// <returns>Null: there is no such model.</returns>
    public static async Task<ShadowReport?> ShadowReportAsync(this GatewayDbContext db, string digest, CancellationToken cancel)
    {
        if (await db.Models.AsNoTracking().SingleOrDefaultAsync(model => model.Digest == digest, cancel) is not { } model)
            return null;
        return ShadowReport.Of(model, await db.ShadowResults.AsNoTracking().Where(row => row.Digest == digest).ToListAsync(cancel));
    }
}
