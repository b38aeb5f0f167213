using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>A page of search results as Bundle of type searchset, with the links to itself, to the first and to the next page.</summary>
internal static class FhirBundle
{
    public static JsonObject Of(FhirQuery query, FhirPage page)
    {
        var first = $"{query.Root}/{query.Type}{QueryString.Create(query.Used!)}";
        var links = new JsonArray(Link("self", After(first, query.After)));
        if (query.Count > 0)
            links.Add((JsonNode)Link("first", first));
        if (page.Next is not null)
            links.Add((JsonNode)Link("next", After(first, page.Next)));
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset" };
        if (page.Total is { } total)
            bundle["total"] = total;
        bundle["link"] = links;
        var entries = page.Matches.Select(resource => Entry(query.Root, resource, "match"))
            .Concat(page.Included.Select(resource => Entry(query.Root, resource, "include"))).ToList();
        if (entries.Count > 0)
            bundle["entry"] = new JsonArray([.. entries]);
        return bundle;

        string After(string url, string? cursor) => cursor is null
            ? url : url + (query.Used.Count == 0 ? "?" : "&") + "_after=" + Uri.EscapeDataString(cursor);
    }

    private static JsonObject Link(string relation, string url) => new() { ["relation"] = relation, ["url"] = url };

    private static JsonObject Entry(string root, JsonObject resource, string mode) => new JsonObject
    {
        ["fullUrl"] = $"{root}/{resource["resourceType"]}/{resource["id"]}",
        ["resource"] = resource,
        ["search"] = new JsonObject { ["mode"] = mode },
    };
}
