namespace Gateway.DicomNetwork;

/// <summary>The limits that one side of an association sets for the other.</summary>
/// <param name="MaxPduLength">Longest P-DATA-TF taken, in bytes.</param>
/// <param name="Write">How long the peer may leave a PDU of ours unread.</param>
internal sealed record UpperLayerOptions(uint MaxPduLength, TimeSpan Write)
{
    /// <summary>Room for 128 presentation contexts with every transfer syntax there is.</summary>
    public const uint MaxAssociateLength = 262_144;
}
