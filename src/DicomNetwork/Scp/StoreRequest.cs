namespace Gateway.DicomNetwork;

/// <summary>A C-STORE-RQ (PS3.7 §9.1.1).</summary>
/// <param name="SopClassUid">Null: absent or no UID.</param>
/// <param name="SopInstanceUid">Null: absent or no UID.</param>
/// <param name="TransferSyntaxUid">As accepted for the presentation context.</param>
public sealed record StoreRequest(Uid? SopClassUid, Uid? SopInstanceUid, string TransferSyntaxUid)
{
    /// <summary>Priority (0000,0700) is high (PS3.7 §9.3.1.1).</summary>
    public bool IsHigh { get; init; }
}
