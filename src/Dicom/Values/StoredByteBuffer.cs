using System.Buffers;

namespace Gateway.Dicom;

/// <summary>A value field that stays in its store and is read on demand, in pieces where that is enough.</summary>
internal sealed class StoredByteBuffer(ByteStore store, long start, long size) : IByteBuffer
{
    private const int Piece = 1 << 18;

    public bool IsMemory => false;

    public long Size => size;

    public byte[] Data
    {
        get
        {
            if (size > Array.MaxLength)
                throw new DicomDataException($"A value of {size} bytes does not fit into memory: read a part of it.");
            var bytes = new byte[size];
            store.Read(start, bytes);
            return bytes;
        }
    }

    public void GetByteRange(long offset, int count, byte[] output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, size);
        store.Read(start + offset, output.AsSpan(0, count));
    }

    public void CopyToStream(Stream stream)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        for (long at = 0; at < size; at += Piece)
        {
            var part = piece.AsSpan(0, (int)Math.Min(Piece, size - at));
            store.Read(start + at, part);
            stream.Write(part);
        }
        ArrayPool<byte>.Shared.Return(piece);
    }

    public async Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        for (long at = 0; at < size; at += Piece)
        {
            var part = piece.AsMemory(0, (int)Math.Min(Piece, size - at));
            store.Read(start + at, part.Span);
            await stream.WriteAsync(part, cancellationToken);
        }
        ArrayPool<byte>.Shared.Return(piece);
    }
}
