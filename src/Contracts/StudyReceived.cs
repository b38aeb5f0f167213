namespace Gateway.Contracts;

/// <summary>A revision of a study is complete and durable; whoever wants may look at its series.</summary>
/// <remarks>Published by DicomListener, at least once. A later image opens the next revision and publishes again.</remarks>
public sealed record StudyReceived
{
    /// <summary>The gateway's identity of the study; the Study Instance UID stays in the database.</summary>
    public required Guid StudyId { get; init; }

    /// <summary>1 for the first completion, one more for each time late images completed again.</summary>
    public required int Revision { get; init; }
}
