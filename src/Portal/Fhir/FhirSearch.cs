using System.Text.Json.Nodes;

using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>Finds resources. The database filters by the columns it has; the resource itself decides whether it matches.</summary>
internal sealed class FhirSearch(IDbContextFactory<GatewayDbContext> databases)
{
    /// <summary>Resources in the order of their ids.</summary>
    /// <returns>The page, and the id to go on after; null on the last page.</returns>
    public async Task<(IReadOnlyList<JsonObject> Found, string? Next)> RunAsync(FhirQuery query, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = Narrow(db, query);
        if (query.After is { } after)
            rows = rows.Where(r => string.Compare(r.ResourceId, after) > 0);
        var page = await rows.OrderBy(r => r.ResourceId).Take(query.Count + 1).ToListAsync(cancel);
        var next = page.Count > query.Count ? page[query.Count - 1].ResourceId : null;
        return ([.. page.Take(query.Count).Select(r => JsonNode.Parse(r.Json)!.AsObject()).Where(r => Matches(r, query))], next);
    }

    public async Task<FhirResource?> FindAsync(string type, string id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.FhirResources.AsNoTracking().SingleOrDefaultAsync(r => r.Type == type && r.ResourceId == id, cancel);
    }

    private static IQueryable<FhirResource> Narrow(GatewayDbContext db, FhirQuery query)
    {
        var rows = db.FhirResources.AsNoTracking().Where(r => r.Type == query.Type);
        foreach (var ids in query.Ids)
            rows = rows.Where(r => ids.Contains(r.ResourceId));
        foreach (var tokens in query.Identifiers)
        {
            var keys = tokens.SelectMany(t => t.DicomUidKeys()).ToArray();
            var accessions = tokens.Select(t => t.Value).ToArray();
            rows = rows.Where(
                r => keys.Contains(r.Identifier) || db.Studies.Any(s => s.Id == r.StudyId && accessions.Contains(s.AccessionNumber)));
        }
        foreach (var tokens in query.Patients)
        {
            var patients = tokens.Select(t => t.Value).ToArray();
            rows = rows.Where(r => db.Studies.Any(s => s.Id == r.StudyId && patients.Contains(s.PatientId)));
        }
        foreach (var targets in query.Targets)
            rows = rows.Where(
                r => db.FhirResources.Any(t => t.Type == "ImagingStudy" && t.StudyId == r.StudyId && targets.Contains(t.ResourceId)));
        return rows;
    }

    private static bool Matches(JsonObject resource, FhirQuery query) =>
        query.Identifiers.TrueForAll(tokens => Any(tokens, resource["identifier"] as JsonArray))
        && query.Patients.TrueForAll(tokens => Array.Exists(tokens, t => t.Matches(resource["subject"]?["identifier"])));

    private static bool Any(FhirToken[] tokens, JsonArray? identifiers) =>
        identifiers is not null && Array.Exists(tokens, token => identifiers.Any(token.Matches));
}
