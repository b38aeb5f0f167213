namespace Gateway.DicomNetwork;

/// <summary>Command sets to P-DATA-TF PDUs the peer will take.</summary>
internal static class DimseWriter
{
    /// <summary>Data bytes that fit one PDV of a P-DATA-TF.</summary>
    /// <param name="maxPduLength">As the peer announced it: without the PDU's own header; 0 is no limit.</param>
    /// <param name="preferred">What we would send, in bytes.</param>
    public static int FragmentLength(uint maxPduLength, int preferred)
    {
        const uint pdvOverhead = PduWriter.DataOverhead - PduFraming.HeaderLength;
        return maxPduLength == 0 ? preferred : (int)Math.Clamp(maxPduLength - (long)pdvOverhead, 1, preferred);
    }

    public static async ValueTask WriteAsync(
        UpperLayer upper, byte contextId, CommandSet command, uint maxPduLength, CancellationToken cancel)
    {
        var bytes = command.ToBytes();
        var fragment = FragmentLength(maxPduLength, bytes.Length);
        for (var at = 0; at < bytes.Length; at += fragment)
        {
            var length = Math.Min(fragment, bytes.Length - at);
            var pdu = new byte[PduWriter.DataOverhead + length];
            PduWriter.DataHeader(pdu, contextId, command: true, last: at + length == bytes.Length, length);
            bytes.AsSpan(at, length).CopyTo(pdu.AsSpan(PduWriter.DataOverhead));
            await upper.SendDataAsync(pdu, cancel);
        }
    }
}
