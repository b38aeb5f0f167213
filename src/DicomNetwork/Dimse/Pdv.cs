using System.Buffers;
using System.Buffers.Binary;

namespace Gateway.DicomNetwork;

/// <summary>One presentation data value of a P-DATA-TF (PS3.8 §9.3.5.1 and Annex E).</summary>
internal readonly record struct Pdv(byte ContextId, bool IsCommand, bool IsLast, ReadOnlySequence<byte> Data)
{
    private const int HeaderLength = 4;

    /// <summary>Cuts the next PDV off the front of a P-DATA-TF's body.</summary>
    /// <exception cref="PduException">Its length does not fit the PDU.</exception>
    public static Pdv Take(ref ReadOnlySequence<byte> body)
    {
        Span<byte> header = stackalloc byte[HeaderLength + 2];
        if (body.Length < header.Length)
            throw PduException.Truncated();

        body.Slice(0, header.Length).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);    // 1-4 item length: context id, control header and data
        if (length < 2 || length > body.Length - HeaderLength)
            throw PduException.Truncated();

        var data = body.Slice(header.Length, length - 2);
        body = body.Slice(data.End);
        return new(header[4], (header[5] & 1) != 0, (header[5] & 2) != 0, data);
    }
}
