namespace Gateway.Persistence;

/// <summary>The current version of one FHIR R4 resource, as served at /fhir.</summary>
public sealed class FhirResource
{
    /// <summary>Resource type, e.g. <c>ImagingStudy</c>; with <see cref="ResourceId"/> the key.</summary>
    public required string Type { get; init; }

    public required string ResourceId { get; init; }
    public required int Version { get; set; }
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Identifier as a token search finds it: <c>system|value</c>.</summary>
    public string? Identifier { get; set; }

    public Guid? StudyId { get; set; }
    public required string Json { get; set; }
}
