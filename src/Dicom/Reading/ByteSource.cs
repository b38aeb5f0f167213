using System.Buffers;

namespace Gateway.Dicom;

/// <summary>Bytes to be parsed, from the stream's position to its end. A length that a file claims allocates no memory before the bytes are
/// there.</summary>
internal sealed class ByteSource : IDisposable
{
    private const int Buffered = 4_096;
    private const int Trusted = 1 << 16;
    private readonly Stream _stream;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(Buffered);
    private readonly long _start;
    private readonly long _most;
    private int _at;
    private int _end;

    /// <param name="stream">A stream that can seek, or one of at most <paramref name="most"/> bytes.</param>
    /// <param name="most">Largest number of bytes read from a stream that cannot seek; reading more is refused.</param>
    public ByteSource(Stream stream, long most = 0)
    {
        _stream = stream;
        _start = stream.CanSeek ? stream.Position : 0;
        _most = stream.CanSeek ? stream.Length - _start : most;
    }

    /// <summary>Position of the next byte, counted from the first one.</summary>
    public long Position { get; private set; }

    /// <summary>Number of bytes left; an upper limit if the stream cannot seek.</summary>
    public long Remaining => _most - Position;

    /// <summary>Position of the next byte in the stream.</summary>
    public long StreamPosition => _start + Position;

    /// <summary>The next <paramref name="length"/> bytes (4,096 at most), or as many as there are, without consuming them.</summary>
    public ReadOnlySpan<byte> Peek(int length)
    {
        if (_end - _at < length) Fill(length);
        return _buffer.AsSpan(_at, Math.Min(length, _end - _at));
    }

    /// <summary>Fills the span. False if the bytes end before; <paramref name="read"/> is then the number of bytes there were.</summary>
    public bool TryRead(Span<byte> into, out int read)
    {
        var bytes = Peek(into.Length);
        bytes.CopyTo(into);
        read = bytes.Length;
        Take(read);
        return read == into.Length;
    }

    /// <summary>The next <paramref name="length"/> bytes, or as many as there are.</summary>
    public byte[] Read(long length)
    {
        if (length == 0) return [];
        if (!_stream.CanSeek && length > Trusted) return ReadUnproven(length);
        var bytes = new byte[Math.Min(length, Remaining)];
        var read = ReadInto(bytes);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>Skips bytes; returns how many there were.</summary>
    public long Skip(long length)
    {
        var buffered = (int)Math.Min(length, _end - _at);
        Take(buffered);
        if (buffered == length) return length;
        if (!_stream.CanSeek) return buffered + Discard(length - buffered);
        var step = Math.Min(length - buffered, Remaining);
        _stream.Seek(step, SeekOrigin.Current);
        Position += step;
        return buffered + step;
    }

    /// <summary>Skips the rest; returns whether all of it was zeros.</summary>
    public bool OnlyZerosFollow()
    {
        while (Peek(Buffered) is { Length: > 0 } bytes)
        {
            if (bytes.ContainsAnyExcept((byte)0)) return false;
            Take(bytes.Length);
        }
        return true;
    }

    /// <summary>The stream, positioned at the next byte. Nothing may be read from this object afterwards.</summary>
    public Stream Rest()
    {
        _stream.Position = StreamPosition;
        return _stream;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Fill(int length)
    {
        _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
        (_at, _end) = (0, _end - _at);
        _end += Pull(_buffer.AsSpan(_end), length - _end);
    }

    /// <summary>Reads from the stream. An inflated one may not give more than allowed.</summary>
    private int Pull(Span<byte> into, int atLeast)
    {
        var read = _stream.ReadAtLeast(into, Math.Min(atLeast, into.Length), throwOnEndOfStream: false);
        if (!_stream.CanSeek && Position + (_end - _at) + read > _most)
            throw new DicomFileException(null, $"The deflated data set grows beyond {_most} bytes.");
        return read;
    }

    private int ReadInto(Span<byte> into)
    {
        var buffered = Math.Min(into.Length, _end - _at);
        _buffer.AsSpan(_at, buffered).CopyTo(into);
        Take(buffered);
        var pulled = buffered == into.Length ? 0 : Pull(into[buffered..], into.Length - buffered);
        Position += pulled;
        return buffered + pulled;
    }

    /// <summary>Allocates memory for all of a long value only when its first part has been read.</summary>
    private byte[] ReadUnproven(long length)
    {
        var first = ArrayPool<byte>.Shared.Rent(Trusted);
        var read = ReadInto(first.AsSpan(0, Trusted));
        var bytes = new byte[read < Trusted ? read : Math.Min(length, Remaining + read)];
        first.AsSpan(0, read).CopyTo(bytes);
        ArrayPool<byte>.Shared.Return(first);
        var all = read < Trusted ? read : read + ReadInto(bytes.AsSpan(read));
        return all == bytes.Length ? bytes : bytes[..all];
    }

    private long Discard(long length)
    {
        var passed = 0L;
        while (passed < length && Peek(Buffered) is { Length: > 0 } bytes)
        {
            var step = (int)Math.Min(bytes.Length, length - passed);
            Take(step);
            passed += step;
        }
        return passed;
    }

    private void Take(int length)
    {
        _at += length;
        Position += length;
    }
}
