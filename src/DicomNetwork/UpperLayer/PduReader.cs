using System.Buffers;
using System.Text;

namespace Gateway.DicomNetwork;

/// <summary>Fields of one complete PDU, in order. Running out of bytes here is a protocol error, never a reason to wait.</summary>
internal ref struct PduReader(ReadOnlySequence<byte> body)
{
    private SequenceReader<byte> _bytes = new(body);

    public readonly bool End => _bytes.End;

    public byte ReadByte() => _bytes.TryRead(out var value) ? value : throw PduException.Truncated();

    public ushort ReadUInt16() => _bytes.TryReadBigEndian(out short value) ? (ushort)value : throw PduException.Truncated();

    public uint ReadUInt32() => _bytes.TryReadBigEndian(out int value) ? (uint)value : throw PduException.Truncated();

    public string ReadAeTitle() => Encoding.ASCII.GetString(Take(AeTitle.MaxLength));

    public void Skip(int count) => Take(count);

    /// <summary>The rest of an item as text: a UID or a name, without its padding.</summary>
    public string ReadText() => ReadText((int)_bytes.Remaining);

    /// <inheritdoc cref="ReadText()"/>
    public string ReadText(int length)
    {
        if (length > Uid.MaxLength + 1)
            throw new PduException(AbortReason.InvalidPduParameterValue, "A name or UID is too long.");
        return Encoding.ASCII.GetString(Take(length)).Trim('\0', ' ');
    }

    /// <summary>Item or sub-item (PS3.8 §9.3.2): type (1), reserved (1), length (2), value.</summary>
    public PduReader ReadItem(out byte type)
    {
        type = ReadByte();
        Skip(1);
        return new(Take(ReadUInt16()));
    }

    private ReadOnlySequence<byte> Take(int count) =>
        _bytes.TryReadExact(count, out var slice) ? slice : throw PduException.Truncated();
}
