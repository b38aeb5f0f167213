namespace Gateway.Persistence;

/// <summary>What an external FHIR server has been told of a study, and what it is still to be told.</summary>
public sealed class FhirPublication
{
    public required Guid StudyId { get; init; }
    public DeliveryState State { get; set; }

    /// <summary>Version of our own ImagingStudy that the server is to hold.</summary>
    public int Wanted { get; set; }

    /// <summary>Version of our own ImagingStudy that it holds; null while it holds none.</summary>
    public int? Held { get; set; }

    /// <summary>Tries since it waits.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset WaitingSince { get; set; }

    /// <summary>The last try; null before the first.</summary>
    public DateTimeOffset? TriedAt { get; set; }

    /// <summary>The server's last answer, an HTTP status; null where it gave none.</summary>
    public int? HttpStatus { get; set; }

    /// <summary>Why it was not taken: codes and paths, never values of the resource.</summary>
    public string? Error { get; set; }

    /// <summary>Id that the server gave the ImagingStudy.</summary>
    public string? ServerId { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }
}
