namespace Gateway.DicomNetwork;

/// <summary>The answer to Request Storage Commitment (PS3.4 §J.3.2).</summary>
/// <param name="Status">Status of the N-ACTION-RSP, one of <see cref="DimseStatus"/>.</param>
/// <param name="Report">What to report on the same association, once it is known; dropped where the association ends first, or the task
/// fails. Null reports later, on another.</param>
/// <param name="Comment">Error Comment (0000,0902), cut at 64 characters.</param>
public sealed record CommitmentReply(ushort Status, Task<CommitmentResult>? Report = null, string? Comment = null);
