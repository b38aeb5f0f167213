using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>A search parameter of one resource type: what it is compared with, and what is said of it in the CapabilityStatement.</summary>
/// <param name="Path">Elements from the resource down, through lists: <c>series.modality</c>.</param>
/// <param name="Implied">System of values that name none.</param>
internal sealed record FhirParameter(
    string Name, FhirParameterType Type, string Path, string Documentation, string? Implied = null)
{
    private const string Uids = "urn:dicom:uid";

    private static readonly FhirParameter Id = new("_id", FhirParameterType.Token, "id", "Logical id.");
    private static readonly FhirParameter Updated = new(
        "_lastUpdated", FhirParameterType.Date, "meta.lastUpdated",
        "When the resource changed here; prefixes eq, ne, gt, lt, ge, le, sa, eb.");

    /// <summary>The parameters by resource type.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<FhirParameter>> ByType =
        new Dictionary<string, IReadOnlyList<FhirParameter>>
        {
            ["Device"] = [Id, Updated, new("identifier", FhirParameterType.Token, "identifier", "Device UID of a model version.")],
            ["Endpoint"] = [Id, Updated],
            ["ImagingStudy"] =
            [
                Id, Updated,
                new("endpoint", FhirParameterType.Reference, "endpoint.reference", "Where the images are, Endpoint/id."),
                new("identifier", FhirParameterType.Token, "identifier",
                    "Study Instance UID (urn:dicom:uid|urn:oid:..., or bare) or accession number."),
                new("modality", FhirParameterType.Token, "series.modality", "Of any series, in the codes of DICOM."),
                new("patient", FhirParameterType.Reference, "subject.reference",
                    "Subjects are logical references, which patient:identifier and patient.identifier find; a reference finds none."),
                new("performer", FhirParameterType.Reference, "series.performer.actor.reference",
                    "The model that made a series, Device/id."),
                new("series", FhirParameterType.Token, "series.uid", "Series Instance UID.", Uids),
                new("started", FhirParameterType.Date, "started",
                    "Prefixes eq, ne, gt, lt, ge, le, sa, eb; without an offset on the clock of the scanners."),
                new("status", FhirParameterType.Token, "status", "available, registered or unknown.",
                    "http://hl7.org/fhir/imagingstudy-status"),
                new("subject", FhirParameterType.Reference, "subject.reference", "As patient."),
            ],
            ["Provenance"] =
            [
                Id, Updated,
                new("agent", FhirParameterType.Reference, "agent.who.reference", "The model, or the gateway, Device/id."),
                new("target", FhirParameterType.Reference, "target.reference", "The ImagingStudy that a synthetic series was added to."),
            ],
        };

    /// <summary>The parameter of that type and name, with its modifier; null for none that is supported.</summary>
    public static FhirParameter? Find(string type, string name)
    {
        if (type == "ImagingStudy" && name is "patient:identifier" or "subject:identifier" or "patient.identifier" or "subject.identifier")
            return new(name, FhirParameterType.Token, "subject.identifier", "");
        return ByType[type].FirstOrDefault(parameter => parameter.Name == name);
    }

    /// <summary>What a value of the query asks for; null for what is no value of this type.</summary>
    /// <param name="root">URL of this endpoint.</param>
    public FhirTest? Parse(string value, string root) => Type switch
    {
        FhirParameterType.Token => FhirToken.Parse(value) is { } token ? new FhirTokenTest(token, Implied) : null,
        FhirParameterType.Date => FhirDateTest.Parse(value),
        _ => value.Length > 0 ? FhirReferenceTest.Of(value, root) : null,
    };

    public IEnumerable<JsonNode> Values(JsonObject resource) =>
        Path.Split('.').Aggregate((IEnumerable<JsonNode>)[resource], (nodes, name) => nodes.SelectMany(node => Children(node, name)));

    private static IEnumerable<JsonNode> Children(JsonNode node, string name) => (node as JsonObject)?[name] switch
    {
        null => [],
        JsonArray list => list.OfType<JsonNode>(),
        { } one => [one],
    };
}
