using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>What is served at /fhir and nothing more (FHIR R4 CapabilityStatement).</summary>
internal static class FhirCapabilities
{
    private static readonly string Software = typeof(FhirCapabilities).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static JsonObject Of(string root) => new()
    {
        ["resourceType"] = "CapabilityStatement",
        ["status"] = "active",
        ["date"] = "2026-11-30",
        ["kind"] = "instance",
        ["software"] = new JsonObject { ["name"] = "Gateway", ["version"] = Software },
        ["implementation"] = new JsonObject
        {
            ["description"] = "Imaging studies this gateway received, with the synthetic series it made from them. Read only.",
            ["url"] = root,
        },
        ["fhirVersion"] = "4.0.1",
        ["format"] = new JsonArray("json"),
        ["rest"] = new JsonArray(new JsonObject
        {
            ["mode"] = "server",
            ["documentation"] = "Searches by GET, and by POST to _search, with _count, _sort (_id, _lastUpdated, for ImagingStudy also "
                + "started; a minus turns it round), _total and _summary=count.",
            ["resource"] = new JsonArray([.. FhirParameter.ByType.Keys.Order(StringComparer.Ordinal).Select(Resource)]),
        }),
    };

    private static JsonNode Resource(string type)
    {
        var resource = new JsonObject
        {
            ["type"] = type,
            ["interaction"] = new JsonArray(
                Interaction("read"),
                Interaction("vread", "The current version only; earlier ones are not kept."),
                Interaction("search-type")),
            ["versioning"] = "versioned",
            ["readHistory"] = false,
        };
        Add(resource, "searchInclude", FhirInclude.All.Where(include => include.Source == type));
        Add(resource, "searchRevInclude", FhirInclude.All.Where(include => include.Target == type));
        resource["searchParam"] = new JsonArray([.. FhirParameter.ByType[type].Select(Parameter)]);
        return resource;
    }

    private static void Add(JsonObject resource, string name, IEnumerable<FhirInclude> includes)
    {
        if (includes.Select(include => (JsonNode)include.Name).ToArray() is { Length: > 0 } names)
            resource[name] = new JsonArray(names);
    }

    private static JsonObject Interaction(string code, string? documentation = null)
    {
        var interaction = new JsonObject { ["code"] = code };
        if (documentation is not null)
            interaction["documentation"] = documentation;
        return interaction;
    }

    private static JsonNode Parameter(FhirParameter parameter) => new JsonObject
    {
        ["name"] = parameter.Name,
        ["type"] = parameter.Type.ToString().ToLowerInvariant(),
        ["documentation"] = parameter.Documentation,
    };
}
