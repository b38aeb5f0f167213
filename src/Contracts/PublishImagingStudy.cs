namespace Gateway.Contracts;

/// <summary>Rebuild and publish the FHIR ImagingStudy of a study from what the database holds now.</summary>
public sealed record PublishImagingStudy
{
    public required Guid StudyId { get; init; }
}
