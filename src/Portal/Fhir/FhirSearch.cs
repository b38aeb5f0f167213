using System.Text.Json.Nodes;

using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>Finds resources. The database filters by the columns it has; the resource itself decides whether it matches.</summary>
internal sealed class FhirSearch(IDbContextFactory<GatewayDbContext> databases)
{
    private const int Chunk = 250;

    /// <summary>A full page, as long as there are matches; then the next begins after its last.</summary>
    public async Task<FhirPage> RunAsync(FhirQuery query, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (found, next) = query.Count == 0 ? ([], null) : await PageAsync(db, query, cancel);
        var isAll = query.Count > 0 && query.After is null && next is null;
        var total = isAll ? found.Count : query.Count == 0 || query.WantsTotal ? await CountAsync(db, query, cancel) : (int?)null;
        return new(found, await IncludedAsync(db, query, found, cancel), next, total);
    }

    public async Task<FhirResource?> FindAsync(string type, string id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.FhirResources.AsNoTracking().SingleOrDefaultAsync(r => r.Type == type && r.ResourceId == id, cancel);
    }

    private static async Task<(List<JsonObject> Found, string? Next)> PageAsync(
        GatewayDbContext db, FhirQuery query, CancellationToken cancel)
    {
        var (found, last) = (new List<JsonObject>(), (FhirResource?)null);
        for (var after = query.After; ;)
        {
            var rows = await query.Sort.Apply(db, FhirNarrowing.Of(db, query).AsNoTracking(), after).Take(Chunk).ToListAsync(cancel);
            foreach (var row in rows)
            {
                if (JsonNode.Parse(row.Json)!.AsObject() is var resource && !query.Matches(resource))
                    continue;
                if (found.Count == query.Count)
                    return (found, query.Sort.Cursor(last!));
                found.Add(resource);
                last = row;
            }
            if (rows.Count < Chunk)
                return (found, null);
            after = query.Sort.Cursor(rows[^1]);
        }
    }

    private static async Task<int> CountAsync(GatewayDbContext db, FhirQuery query, CancellationToken cancel)
    {
        var rows = FhirNarrowing.Of(db, query).AsNoTracking();
        if (query.Criteria.Count == 0)
            return await rows.CountAsync(cancel);
        var total = 0;
        await foreach (var json in rows.Select(r => r.Json).AsAsyncEnumerable().WithCancellation(cancel))
            total += query.Matches(JsonNode.Parse(json)!.AsObject()) ? 1 : 0;
        return total;
    }

    private static async Task<List<JsonObject>> IncludedAsync(
        GatewayDbContext db, FhirQuery query, List<JsonObject> found, CancellationToken cancel)
    {
        var rows = new List<string>();
        foreach (var include in query.Includes)
        {
            var ids = include.TargetsOf(found).ToList();
            rows.AddRange(await db.FhirResources.Where(r => r.Type == include.Target && ids.Contains(r.ResourceId))
                .OrderBy(r => r.ResourceId).Select(r => r.Json).ToListAsync(cancel));
        }
        var matches = found.ConvertAll(resource => (string)resource["id"]!);
        foreach (var include in query.ReverseIncludes)
        {
            var sources = db.FhirResources.Where(r => r.Type == include.Source && db.FhirResources.Any(
                t => t.Type == query.Type && matches.Contains(t.ResourceId) && (t.StudyId == null || t.StudyId == r.StudyId)));
            rows.AddRange((await sources.OrderBy(r => r.ResourceId).Select(r => r.Json).ToListAsync(cancel))
                .Where(json => include.TargetsOf([JsonNode.Parse(json)!.AsObject()]).Intersect(matches).Any()));
        }
        return [.. rows.Select(json => JsonNode.Parse(json)!.AsObject()).DistinctBy(r => $"{r["resourceType"]}/{r["id"]}")];
    }
}
