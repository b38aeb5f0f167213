namespace Gateway.DicomNetwork;

/// <summary>The peer broke PS3.8; <see cref="Reason"/> is what the A-ABORT will tell it.</summary>
internal sealed class PduException(AbortReason reason, string message) : Exception(message)
{
    public AbortReason Reason { get; } = reason;

    public static PduException Truncated() => new(AbortReason.InvalidPduParameterValue, "A field runs past the end of its PDU or item.");
}
