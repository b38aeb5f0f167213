namespace Gateway.TranslationWorker;

/// <summary>The <c>Fhir</c> section: how identities and texts of a study appear in the resources.</summary>
public sealed class FhirOptions
{
    public const string Section = "Fhir";

    /// <summary>Issuer of Patient ID (0010,0021), as the scanners send it, to the URI that FHIR knows the same issuer by.</summary>
    public Dictionary<string, string> IssuerSystems { get; init; } = [];

    /// <summary>Identifier system of patients that came without an issuer; null derives one from the organisation.</summary>
    public string? PatientSystem { get; init; }

    /// <summary>Identifier system of accession numbers; null leaves the system out.</summary>
    public string? AccessionSystem { get; init; }

    /// <summary>Copies Study and Series Description. Off: they are free text at the scanner, and some sites type names there. That a
    /// series is synthetic is said by labels and codes.</summary>
    public bool Descriptions { get; init; }

    /// <summary>Root of the DICOMweb at which the images can be had, the gateway's own or an archive's; null names no Endpoint.</summary>
    public Uri? DicomWeb { get; init; }
}
