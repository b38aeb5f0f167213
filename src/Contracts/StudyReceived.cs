namespace Gateway.Contracts;

/// <summary>A revision of a study is complete and durable: its series can be judged.</summary>
/// <remarks>Published by DicomListener, at least once. A later image opens the next revision and publishes again.</remarks>
public sealed record StudyReceived
{
    /// <summary>The gateway's identity of the study; the Study Instance UID stays in the database.</summary>
    public required Guid StudyId { get; init; }

    /// <summary>1 when the study was first complete; one more each time it is complete again after late images.</summary>
    public required int Revision { get; init; }
}
