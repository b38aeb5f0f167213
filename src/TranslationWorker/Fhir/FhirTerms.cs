using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using Hl7.Fhir.Model;

namespace Gateway.TranslationWorker;

/// <summary>The code systems and codes our resources use, each written once.</summary>
internal static partial class FhirTerms
{
    public const string DicomUidSystem = "urn:dicom:uid";
    public const string UriSystem = "urn:ietf:rfc:3986";
    public const string DicomOntology = "http://dicom.nema.org/resources/ontology/DCM";
    public const string Snomed = "http://snomed.info/sct";
    public const string InlineLabelUrl =
        "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label";
    public const string DataAbsentUrl = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    /// <summary>Canonical root of HL7 AI Transparency on FHIR.</summary>
    public const string Transparency = "http://hl7.org/fhir/uv/aitransparency/";

    /// <summary>"Artificial Intelligence asserted": the label of whatever a model made.</summary>
    public static Coding AiAsserted() => new(
        "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "AIAST", "Artificial Intelligence asserted");

    /// <summary>"The resource holds labelled parts": a reader of a mixed study must look at its series' labels.</summary>
    public static Coding ProcessInlineLabels() => new(
        "http://terminology.hl7.org/CodeSystem/v3-ActCode", "PROCESSINLINELABEL", "process inline security label");

    /// <summary>Of the two labels above.</summary>
    public static bool IsAiLabel(JsonObject coding) => (string?)coding["code"] is "AIAST" or "PROCESSINLINELABEL";

    /// <summary>Type of the model's Device and role of the agent that made pixels (HL7 AI Transparency on FHIR). Without a display: the
    /// profile fixes the role to exactly this.</summary>
    public static Coding ArtificialIntelligence() => new(
        Transparency + "CodeSystem/AIdeviceTypeCS", "Artificial-Intelligence");

    /// <summary>What an agent did, in the words of <c>provenance-participant-type</c>.</summary>
    public static CodeableConcept Participant(string code, string display) => new(
        "http://terminology.hl7.org/CodeSystem/provenance-participant-type", code, display, null);

    /// <summary>A DICOM UID as FHIR identifies it (FHIR R4 ImagingStudy, "Notes"). One that is no valid OID, as some devices make, stands
    /// bare: <c>urn:oid:</c> before it would make the resource invalid.</summary>
    public static Identifier DicomUid(string uid) => new(DicomUidSystem, Oid().IsMatch(uid) ? "urn:oid:" + uid : uid);

    /// <summary>A SOP class in the coding system of URIs, or bare as <see cref="DicomUid"/>.</summary>
    public static Coding SopClass(string uid) => Oid().IsMatch(uid) ? new(UriSystem, "urn:oid:" + uid) : new(DicomUidSystem, uid);

    /// <summary>Body Part Examined (0018,0015) in the SNOMED code of PS3.16 Annex L; other parts keep their DICOM word alone.</summary>
    public static Coding? BodySite(string? bodyPart) => bodyPart?.Trim().ToUpperInvariant() switch
    {
        null or "" => null,
        "BRAIN" => new(Snomed, "12738006", "Brain"),
        "HEAD" => new(Snomed, "69536005", "Head"),
        "NECK" => new(Snomed, "45048000", "Neck"),
        "SKULL" => new(Snomed, "89546000", "Skull"),
        var other => new() { Display = other },
    };

    [GeneratedRegex(@"^[0-2](\.(0|[1-9][0-9]*))+$")]
    private static partial Regex Oid();
}
