using System.Buffers;

namespace Gateway.Dicom;

/// <summary>A value field in the other byte order (PS3.5 section 7.3): each unit of so many bytes is reversed when it is read.</summary>
internal sealed class SwappedByteBuffer(IByteBuffer inner, int unit) : IByteBuffer
{
    private const int Piece = 1 << 18;

    public bool IsMemory => false;

    public long Size => inner.Size;

    public byte[] Data => Swap(inner.IsMemory ? [.. inner.Data] : inner.Data, unit);

    public void GetByteRange(long offset, int count, byte[] output)
    {
        var first = offset - offset % unit;
        var last = Math.Min(Size, (offset + count + unit - 1) / unit * unit);
        var bytes = new byte[last - first];
        inner.GetByteRange(first, bytes.Length, bytes);
        Swap(bytes, unit).AsSpan((int)(offset - first), count).CopyTo(output);
    }

    public void CopyToStream(Stream stream)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        for (long at = 0; at < Size; at += Piece) stream.Write(Next(piece, at).Span);
        ArrayPool<byte>.Shared.Return(piece);
    }

    public async Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        for (long at = 0; at < Size; at += Piece) await stream.WriteAsync(Next(piece, at), cancellationToken);
        ArrayPool<byte>.Shared.Return(piece);
    }

    /// <summary>Reverses whole units in place; an incomplete unit at the end is not changed.</summary>
    public static byte[] Swap(byte[] bytes, int unit)
    {
        Swap(bytes.AsSpan(), unit);
        return bytes;
    }

    private static void Swap(Span<byte> bytes, int unit)
    {
        for (var i = 0; i + unit <= bytes.Length; i += unit) bytes.Slice(i, unit).Reverse();
    }

    private ReadOnlyMemory<byte> Next(byte[] piece, long at)
    {
        var part = piece.AsMemory(0, (int)Math.Min(Piece, Size - at));
        inner.GetByteRange(at, part.Length, piece);
        Swap(part.Span, unit);
        return part;
    }
}
