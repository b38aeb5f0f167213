namespace Gateway.DicomNetwork;

/// <summary>A C-STORE-RQ (PS3.7 §9.1.1).</summary>
/// <param name="SopClassUid">Null: absent or no UID.</param>
/// <param name="SopInstanceUid">Null: absent or no UID.</param>
/// <param name="TransferSyntaxUid">As accepted for the presentation context.</param>
public sealed record StoreRequest(Uid? SopClassUid, Uid? SopInstanceUid, string TransferSyntaxUid);
