using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>One value of a token search (FHIR R4 "Search", 3.1.1.4.10) for an identifier.</summary>
/// <param name="System">Null for any system, empty for an identifier without one.</param>
/// <param name="Value">Never empty.</param>
internal sealed record FhirToken(string? System, string Value)
{
    private const string DicomUid = "urn:dicom:uid";

    /// <summary><c>value</c>, <c>system|value</c> or <c>|value</c>; null when there is no value.</summary>
    public static FhirToken? Parse(string text)
    {
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        var token = bar < 0 ? new FhirToken(null, text) : new FhirToken(text[..bar], text[(bar + 1)..]);
        return token.Value.Length == 0 ? null : token;
    }

    /// <summary>A UID may also be given without <c>urn:oid:</c>, with which FHIR always writes it.</summary>
    public IEnumerable<string> DicomUidKeys() => [$"{DicomUid}|{Value}", $"{DicomUid}|urn:oid:{Value}"];

    public bool Matches(JsonNode? identifier)
    {
        var (system, value) = ((string?)identifier?["system"], (string?)identifier?["value"]);
        var sameSystem = System is null || System == (system ?? "");
        return sameSystem && (value == Value || (system == DicomUid && value == "urn:oid:" + Value));
    }
}
