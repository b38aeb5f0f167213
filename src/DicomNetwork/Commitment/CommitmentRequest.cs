namespace Gateway.DicomNetwork;

/// <summary>The action information of Request Storage Commitment (PS3.4 Table J.3-1): these instances are to be kept safe.</summary>
/// <param name="TransactionUid">(0008,1195), by which the answer is known.</param>
/// <param name="Instances">At least one, at most <see cref="MaxInstances"/>.</param>
public sealed record CommitmentRequest(Uid TransactionUid, IReadOnlyList<SopReference> Instances)
{
    /// <summary>Of one request; a longer one is refused before it is read (PS3.4 §J.3.2 sets none).</summary>
    public const int MaxInstances = 100_000;
}
