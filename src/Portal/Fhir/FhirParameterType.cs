namespace Gateway.Portal;

/// <summary>Kinds of search parameters (FHIR R4 "Search", 3.1.1.4) that are served.</summary>
internal enum FhirParameterType
{
    Token,
    Date,
    Reference,
}
