namespace Gateway.DicomNetwork;

/// <summary>The result of one file: the status of the peer, or why it was not sent (PS3.7 §9.1.1).</summary>
/// <param name="Source">The very object given to <see cref="DicomClient"/>.</param>
/// <param name="SopInstanceUid">Null when the file could not be read.</param>
/// <param name="Status">Status of the C-STORE-RSP; null when the file was not sent.</param>
/// <param name="Error">The peer's Error Comment, or why the file was not sent.</param>
public sealed record StoreResult(Part10Source Source, string? SopInstanceUid, ushort? Status, string? Error = null)
{
    /// <summary>What kept the file from being read; null when it was sent, or the peer takes none like it (PS3.7 §9.1.1).</summary>
    public Exception? Unread { get; init; }

    /// <summary>The peer keeps the instance: Success, or one of the storage warnings (PS3.4 §B.2.3).</summary>
    public bool IsStored => Status is { } status && DimseStatus.IsStored(status);
}
