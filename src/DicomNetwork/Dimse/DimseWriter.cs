using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>Command and data sets to P-DATA-TF PDUs the peer will take (PS3.8 §9.3.5).</summary>
internal static class DimseWriter
{
    /// <summary>The longest data PDV we send unless an owner says otherwise, in bytes.</summary>
    private const int PreferredFragment = 128 * 1024;

    /// <summary>Data bytes that fit one PDV of a P-DATA-TF.</summary>
    /// <param name="maxPduLength">As the peer announced it: without the PDU's own header; 0 is no limit.</param>
    /// <param name="preferred">Length that we would send, in bytes.</param>
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

    /// <summary>From where the stream stands to its end; one PDU is held at a time.</summary>
    public static async ValueTask WriteAsync(
        UpperLayer upper, byte contextId, Stream dataSet, uint maxPduLength, CancellationToken cancel, int preferred = PreferredFragment)
    {
        var fragment = FragmentLength(maxPduLength, preferred);
        var pdu = ArrayPool<byte>.Shared.Rent(fragment + PduWriter.DataOverhead);
        try
        {
            var left = dataSet.Length - dataSet.Position;
            do
            {
                var length = (int)Math.Min(left, fragment);
                await dataSet.ReadExactlyAsync(pdu.AsMemory(PduWriter.DataOverhead, length), cancel);
                left -= length;
                PduWriter.DataHeader(pdu, contextId, command: false, last: left == 0, length);
                await upper.SendDataAsync(pdu.AsMemory(0, PduWriter.DataOverhead + length), cancel);
            }
            while (left > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pdu);
        }
    }
}
