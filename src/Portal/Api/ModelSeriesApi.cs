using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary><c>/api/models/{digest}/series</c>: what a model made, newest first.</summary>
internal static class ModelSeriesApi
{
    public static void MapModelSeries(this IEndpointRouteBuilder routes) => routes.MapGet("/api/models/{digest}/series", SeriesAsync);

    private static async Task<IResult> SeriesAsync(
        string digest, HttpRequest request, IDbContextFactory<GatewayDbContext> databases, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var page = PageRequest.Read(request.Query, errors);
        if (errors.Count > 0)
            return Problems.BadParameters(errors);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var made = db.Series.AsNoTracking().Include(s => s.Study).Where(s => s.ModelDigest == digest);
        if (page.After is { At: var at, Id: var id })
            made = made.Where(s => s.CreatedAt < at || (s.CreatedAt == at && s.Id < id));
        var rows = await made.OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).Take(page.Limit + 1).ToListAsync(cancel);
        // A digest of before the registry made series and has no row.
        if (rows.Count == 0 && !await db.Models.AnyAsync(m => m.Digest == digest, cancel))
            return Problems.NotFound("model");
        return TypedResults.Ok(Page<Series>.Of(rows, page.Limit, s => new(s.CreatedAt, s.Id)).Select(MadeJson.Of));
    }

    private sealed record MadeJson(
        Guid Id, string SeriesInstanceUid, Guid StudyId, string StudyInstanceUid, Guid? DerivedFromSeriesId, string? Direction,
        string State, string? Model, DateTimeOffset CreatedAt)
    {
        public static MadeJson Of(Series s) => new(
            s.Id, s.SeriesInstanceUid, s.StudyId, s.Study.StudyInstanceUid, s.DerivedFromSeriesId, s.Direction, s.State.Word(),
            s.ModelName, s.CreatedAt);
    }
}
