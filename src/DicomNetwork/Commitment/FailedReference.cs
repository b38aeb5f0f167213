namespace Gateway.DicomNetwork;

/// <summary>An item of the Failed SOP Sequence (0008,1198), PS3.3 §C.14.</summary>
/// <param name="Reason">Failure Reason (0008,1197): one of <see cref="CommitmentFailure"/>.</param>
public sealed record FailedReference(SopReference Instance, ushort Reason);
