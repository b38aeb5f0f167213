using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary><c>/api/drift</c>.</summary>
internal static class DriftApi
{
    public static void MapDrift(
        this IEndpointRouteBuilder routes) => routes.MapGet("/api/drift", async (DriftQueries drift, CancellationToken cancel) =>
        TypedResults.Ok(new
        {
            items = (await drift.ReadAsync(cancel)).Select(DriftJson.Of).ToList(),
            readers = await drift.ReadersAsync(cancel),
        }));
}
