using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>What is served at /fhir and nothing more (FHIR R4 CapabilityStatement).</summary>
internal static class FhirCapabilities
{
    /// <summary>The types that can be read and searched.</summary>
    public static readonly IReadOnlyList<string> Types = ["Device", "ImagingStudy", "Provenance"];

    private static readonly string Software = typeof(FhirCapabilities).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static JsonObject Of(string root) => new()
    {
        ["resourceType"] = "CapabilityStatement",
        ["status"] = "active",
        ["date"] = "2026-11-22",
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
            ["resource"] = new JsonArray(
                Resource("Device", Parameter("identifier", "token", "Device UID of a model version.")),
                Resource("ImagingStudy",
                    Parameter("identifier", "token", "Study Instance UID (urn:dicom:uid|urn:oid:..., or bare) or accession number."),
                    Parameter("patient", "reference", "Only as patient:identifier; subjects are logical references."),
                    Parameter("subject", "reference", "Only as subject:identifier; subjects are logical references.")),
                Resource("Provenance", Parameter("target", "reference", "The ImagingStudy a synthetic series was added to."))),
        }),
    };

    private static JsonObject Resource(string type, params ReadOnlySpan<JsonObject> parameters) => new()
    {
        ["type"] = type,
        ["interaction"] = new JsonArray(
            Interaction("read"),
            Interaction("vread", "The current version only; earlier ones are not kept."),
            Interaction("search-type")),
        ["versioning"] = "versioned",
        ["readHistory"] = false,
        ["searchParam"] = new JsonArray([Parameter("_id", "token", "Logical id."), .. parameters]),
    };

    private static JsonObject Interaction(string code, string? documentation = null)
    {
        var interaction = new JsonObject { ["code"] = code };
        if (documentation is not null)
            interaction["documentation"] = documentation;
        return interaction;
    }

    private static JsonObject Parameter(string name, string type, string documentation) =>
        new() { ["name"] = name, ["type"] = type, ["documentation"] = documentation };
}
