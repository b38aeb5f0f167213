using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>What happened around a study, oldest first.</summary>
public sealed record StudyActivity(
    IReadOnlyList<Association> Associations,
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyList<Failure> Failures,
    IReadOnlyList<Replay> Replays,
    FhirResource? ImagingStudy)
{
    /// <summary>What an external FHIR server has been told; null where there is none.</summary>
    public FhirPublication? Publication { get; init; }
}
