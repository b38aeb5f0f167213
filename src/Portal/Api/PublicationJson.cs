using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>What an external FHIR server was told of a study. <c>state</c>: pending, delivered, parked.</summary>
internal sealed record PublicationJson(
    string State, int Wanted, int? Held, string? ImagingStudy, int Attempts, DateTimeOffset? TriedAt, int? HttpStatus, string? Error,
    DateTimeOffset? PublishedAt)
{
    public static PublicationJson Of(FhirPublication told) => new(
        told.State.Word(), told.Wanted, told.Held, told.ServerId, told.Attempts, told.TriedAt, told.HttpStatus, told.Error,
        told.PublishedAt);
}
