namespace Gateway.DicomNetwork;

/// <summary>The result of a request for storage commitment (PS3.4 §J.3).</summary>
/// <param name="Status">Of the N-ACTION-RSP, one of <see cref="DimseStatus"/>: Success is a promise to report, no commitment yet.</param>
/// <param name="Result">The report, where it came on the same association; otherwise the peer sends it to our own port.</param>
/// <param name="Error">Error Comment (0000,0902) of the peer, or why it was not asked.</param>
public sealed record CommitmentOutcome(ushort Status, CommitmentResult? Result, string? Error);
