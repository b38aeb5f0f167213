using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>What became of one object of a request.</summary>
/// <param name="SopClassUid">Null: it did not say.</param>
/// <param name="SopInstanceUid">Null: it did not say.</param>
/// <param name="Status">As a C-STORE would be answered (PS3.4 §B.2.3).</param>
internal sealed record StowOutcome(Uid? SopClassUid, Uid? SopInstanceUid, ushort Status)
{
    public bool IsStored => DimseStatus.IsStored(Status);
}
