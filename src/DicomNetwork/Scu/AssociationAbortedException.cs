namespace Gateway.DicomNetwork;

/// <summary>The peer sent A-ABORT.</summary>
/// <param name="abortSource">0 service user, 2 service provider (PS3.8 Table 9-26).</param>
/// <param name="reason">Means something with source 2 only.</param>
public sealed class AssociationAbortedException(byte abortSource, AbortReason reason)
    : DicomNetworkException($"The peer aborted the association (source {abortSource}, reason {(byte)reason}).")
{
    /// <summary>Who aborted (PS3.8 Table 9-26).</summary>
    public byte AbortSource { get; } = abortSource;

    /// <summary>Why (PS3.8 Table 9-26).</summary>
    public AbortReason Reason { get; } = reason;
}
