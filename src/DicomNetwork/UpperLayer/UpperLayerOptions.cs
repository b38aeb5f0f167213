namespace Gateway.DicomNetwork;

/// <summary>What one side of an association allows the other.</summary>
/// <param name="MaxPduLength">Longest P-DATA-TF taken, in bytes.</param>
/// <param name="Write">How long the peer may leave a PDU of ours unread.</param>
internal sealed record UpperLayerOptions(uint MaxPduLength, TimeSpan Write)
{
    /// <summary>Room for 128 presentation contexts with every transfer syntax there is.</summary>
    public const uint MaxAssociateLength = 262_144;
}
