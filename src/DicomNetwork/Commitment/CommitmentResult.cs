namespace Gateway.DicomNetwork;

/// <summary>The event information of Storage Commitment Result (PS3.4 Tables J.3-2 and J.3-3).</summary>
/// <param name="TransactionUid">(0008,1195) of the request this answers.</param>
/// <param name="Kept">Instances that the provider keeps safe.</param>
/// <param name="Failed">Instances that it does not keep; empty for event type 1, Storage Commitment Request Successful.</param>
public sealed record CommitmentResult(Uid TransactionUid, IReadOnlyList<SopReference> Kept, IReadOnlyList<FailedReference> Failed);
