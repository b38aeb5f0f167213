using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>What <c>_include</c> brings along with a match, <c>_revinclude</c> the other way round (FHIR R4 "Search", 3.1.1.5.4).</summary>
/// <param name="Source">Type of the resource that holds the reference.</param>
/// <param name="Parameter">The search parameter it is in.</param>
/// <param name="Target">Type of the resource it leads to.</param>
internal sealed record FhirInclude(string Source, string Parameter, string Target)
{
    public static readonly IReadOnlyList<FhirInclude> All =
    [
        new("ImagingStudy", "endpoint", "Endpoint"),
        new("ImagingStudy", "performer", "Device"),
        new("Provenance", "agent", "Device"),
        new("Provenance", "target", "ImagingStudy"),
    ];

    public string Name => $"{Source}:{Parameter}";

    /// <summary><c>Source:parameter</c> or <c>Source:parameter:Target</c>; null for none that is served.</summary>
    public static FhirInclude? Parse(string text) =>
        All.FirstOrDefault(include => text == include.Name || text == $"{include.Name}:{include.Target}");

    /// <summary>Ids of the resources that these lead to.</summary>
    public IEnumerable<string> TargetsOf(IEnumerable<JsonObject> resources) => resources
        .SelectMany(FhirParameter.Find(Source, Parameter)!.Values)
        .Select(value => FhirReferenceTest.WithoutVersion(value.GetValue<string>()).Split('/'))
        .Where(reference => reference.Length == 2 && reference[0] == Target).Select(reference => reference[1]).Distinct();
}
