namespace Gateway.TranslationWorker;

/// <summary>How a study names its patient at an external FHIR server.</summary>
public enum FhirPatientPolicy
{
    /// <summary>The server's Patient of that identifier, where it has one; otherwise as <see cref="Logical"/>.</summary>
    Match,

    /// <summary>By identifier alone; the server's patients are not looked at.</summary>
    Logical,

    /// <summary>A Patient with the identifier and nothing else, within the ImagingStudy.</summary>
    Contained,

    /// <summary>The server's Patient of that identifier; where it has none, one is made with the identifier and nothing else.</summary>
    Placeholder,
}
