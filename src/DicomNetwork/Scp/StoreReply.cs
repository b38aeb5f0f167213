namespace Gateway.DicomNetwork;

/// <summary>The status of a C-STORE-RSP (PS3.7 §9.3.1.2).</summary>
/// <param name="Status">One of <see cref="DimseStatus"/>.</param>
/// <param name="Comment">Error Comment (0000,0902), cut at 64 characters; never patient data.</param>
public readonly record struct StoreReply(ushort Status, string? Comment = null)
{
    /// <summary>0000 (PS3.7 Annex C).</summary>
    public static StoreReply Success => new(DimseStatus.Success);
}
