using System.Buffers;
using System.Buffers.Binary;

namespace Gateway.Dicom;

/// <summary>Bytes to be written. Small ones are collected; large values are passed on unchanged, also those
/// that are not in memory.</summary>
internal sealed class WrittenBytes(bool isBigEndian)
{
    private const int HandedOn = 4_096;
    private readonly List<IByteBuffer> _parts = [];
    private ArrayBufferWriter<byte> _gathering = new();

    public long Length { get; private set; }

    /// <summary>All parts in order.</summary>
    public IReadOnlyList<IByteBuffer> Parts()
    {
        if (_gathering.WrittenCount > 0) _parts.Add(new MemoryByteBuffer(_gathering.WrittenSpan.ToArray()));
        _gathering = new();
        return _parts;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _gathering.Write(bytes);
        Length += bytes.Length;
    }

    public void Add(IByteBuffer buffer)
    {
        if (buffer.Size == 0) return;
        if (buffer.IsMemory && buffer.Size < HandedOn)
        {
            Add(buffer.Data);
            return;
        }
        Parts();
        _parts.Add(buffer);
        Length += buffer.Size;
    }

    public void Add(WrittenBytes other)
    {
        foreach (var part in other.Parts()) Add(part);
    }

    public void UInt16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        if (isBigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        Add(bytes);
    }

    public void UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (isBigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Add(bytes);
    }

    public void Tag(uint tag)
    {
        UInt16((ushort)(tag >> 16));
        UInt16((ushort)tag);
    }
}
