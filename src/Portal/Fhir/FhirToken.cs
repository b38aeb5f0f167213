using System.Text.Json.Nodes;

namespace Gateway.Portal;

/// <summary>One value of a token search (FHIR R4 "Search", 3.1.1.4.10) for an identifier.</summary>
/// <param name="System">Null for any system, empty for an identifier without one.</param>
/// <param name="Value">Never empty.</param>
internal sealed record FhirToken(string? System, string Value)
{
    private const string DicomUid = "urn:dicom:uid";
    private const string Oid = "urn:oid:";

    /// <summary><c>value</c>, <c>system|value</c> or <c>|value</c>; null when there is no value.</summary>
    public static FhirToken? Parse(string text)
    {
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        var token = bar < 0 ? new FhirToken(null, text) : new FhirToken(text[..bar], text[(bar + 1)..]);
        return token.Value.Length == 0 ? null : token;
    }

    private string BareUid => Value.StartsWith(Oid, StringComparison.Ordinal) ? Value[Oid.Length..] : Value;

    /// <summary>A UID may be asked for bare or as <c>urn:oid:</c>, however it is written: bare where it is no valid OID.</summary>
    public IEnumerable<string> DicomUidKeys() => [$"{DicomUid}|{BareUid}", $"{DicomUid}|{Oid}{BareUid}"];

    public bool Matches(JsonNode? identifier)
    {
        var (system, value) = ((string?)identifier?["system"], (string?)identifier?["value"]);
        var sameSystem = System is null || System == (system ?? "");
        return sameSystem && (value == Value || (system == DicomUid && (value == BareUid || value == Oid + BareUid)));
    }
}
