using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>A page of search results as Bundle of type searchset, with the links to itself and to the next page.</summary>
internal static class FhirBundle
{
    public static JsonObject Of(FhirQuery query, string root, IReadOnlyList<JsonObject> found, string? next)
    {
        var self = $"{root}/{query.Type}{QueryString.Create(query.Used!)}";
        var links = new JsonArray(Link("self", self));
        if (next is not null)
            links.Add((JsonNode)Link("next", self + (query.Used.Count == 0 ? "?" : "&") + "_after=" + Uri.EscapeDataString(next)));
        var bundle = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset" };
        if (next is null && query.After is null)
            bundle["total"] = found.Count;
        bundle["link"] = links;
        if (found.Count > 0)
            bundle["entry"] = new JsonArray([.. found.Select(resource => Entry(root, resource))]);
        return bundle;
    }

    private static JsonObject Link(string relation, string url) => new() { ["relation"] = relation, ["url"] = url };

    private static JsonObject Entry(string root, JsonObject resource) => new()
    {
        ["fullUrl"] = $"{root}/{resource["resourceType"]}/{resource["id"]}",
        ["resource"] = resource,
        ["search"] = new JsonObject { ["mode"] = "match" },
    };
}
