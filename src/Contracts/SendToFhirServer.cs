namespace Gateway.Contracts;

/// <summary>Bring an external FHIR server up to what the database holds of a study now.</summary>
public sealed record SendToFhirServer
{
    public required Guid StudyId { get; init; }
}
