using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>PS3.8 §9.3.1: type (1), reserved (1), length (4, big-endian), body. The only code that may answer "not yet".</summary>
internal static class PduFraming
{
    public const int HeaderLength = 6;

    /// <summary>Cuts one whole PDU off the front of <paramref name="buffer"/>; false means read more bytes.</summary>
    /// <exception cref="PduException">The announced length is over the limit.</exception>
    public static bool TryReadPdu(ref ReadOnlySequence<byte> buffer, uint maxLength, out PduType type, out ReadOnlySequence<byte> body)
    {
        (type, body) = (default, default);
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryRead(out var rawType) || !reader.TryRead(out _) || !reader.TryReadBigEndian(out int rawLength))
            return false;

        var length = (uint)rawLength;
        if (length > maxLength)    // refused from six bytes, before a single one is buffered for it
            throw new PduException(AbortReason.InvalidPduParameterValue, $"PDU of {length} bytes, limit {maxLength}.");
        if (reader.Remaining < length)
            return false;

        (type, body) = ((PduType)rawType, buffer.Slice(reader.Position, length));
        buffer = buffer.Slice(body.End);
        return true;
    }
}
