namespace Gateway.DicomListener;

/// <summary>What is known of a study that is still being received.</summary>
/// <param name="LastImageAt">When its last image came.</param>
/// <param name="AnyOpen">An association that brought images of it is still open.</param>
/// <param name="LastClosedAt">When the last such association ended; null when none has.</param>
/// <param name="LastAborted">That association was aborted, or lost.</param>
/// <param name="LastByRequest">It was a STOW-RS request.</param>
/// <param name="LostSenderAt">When a sender was last heard whose association was aborted or lost, and which has not released another since;
/// the latest of several; null when there is none.</param>
/// <param name="AllCame">As many images are stored as a sender that is believed has said.</param>
internal sealed record CompletionEvidence(
    DateTimeOffset LastImageAt, bool AnyOpen, DateTimeOffset? LastClosedAt, bool LastAborted, bool LastByRequest,
    DateTimeOffset? LostSenderAt, bool AllCame);
