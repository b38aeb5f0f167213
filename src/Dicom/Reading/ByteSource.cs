using System.Buffers;

namespace Gateway.Dicom;

/// <summary>Bytes to be parsed, from where the stream stands to its end. Nothing is allocated for a length that they do not bear out.</summary>
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

    /// <param name="stream">One that can seek, or else has at most <paramref name="most"/> bytes.</param>
    /// <param name="most">Reading beyond so many bytes of a stream that cannot seek is refused.</param>
    public ByteSource(Stream stream, long most = 0)
    {
        _stream = stream;
        _start = stream.CanSeek ? stream.Position : 0;
        _most = stream.CanSeek ? stream.Length - _start : most;
    }

    /// <summary>Where the next byte lies, from the first one on.</summary>
    public long Position { get; private set; }

    /// <summary>How many bytes there are; no more than, where the stream cannot seek.</summary>
    public long Remaining => _most - Position;

    /// <summary>Where the next byte lies in the stream.</summary>
    public long StreamPosition => _start + Position;

    /// <summary>The next bytes, which stay to be read: <paramref name="length"/> of them (4,096 at most), or as many as there are.</summary>
    public ReadOnlySpan<byte> Peek(int length)
    {
        if (_end - _at < length) Fill(length);
        return _buffer.AsSpan(_at, Math.Min(length, _end - _at));
    }

    /// <summary>Fills the span; false at the end of the bytes, with how many there were in <paramref name="read"/>.</summary>
    public bool TryRead(Span<byte> into, out int read)
    {
        var bytes = Peek(into.Length);
        bytes.CopyTo(into);
        read = bytes.Length;
        Take(read);
        return read == into.Length;
    }

    /// <summary>The next bytes: <paramref name="length"/> of them, or as many as there are.</summary>
    public byte[] Read(long length)
    {
        if (length == 0) return [];
        if (!_stream.CanSeek && length > Trusted) return ReadUnproven(length);
        var bytes = new byte[Math.Min(length, Remaining)];
        var read = ReadInto(bytes);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>Passes over bytes; returns how many there were.</summary>
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

    /// <summary>Passes over the rest; whether it was nothing but zeros.</summary>
    public bool OnlyZerosFollow()
    {
        while (Peek(Buffered) is { Length: > 0 } bytes)
        {
            if (bytes.ContainsAnyExcept((byte)0)) return false;
            Take(bytes.Length);
        }
        return true;
    }

    /// <summary>The stream, standing at the next byte; nothing more is read from here.</summary>
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

    /// <summary>What the stream gives. An inflated one may not give more than was allowed.</summary>
    private int Pull(Span<byte> into, int atLeast)
    {
        var read = _stream.ReadAtLeast(into, Math.Min(atLeast, into.Length), throwOnEndOfStream: false);
        if (!_stream.CanSeek && Position + (_end - _at) + read > _most) throw new DicomFileException(null, $"The deflated data set grows beyond {_most} bytes.");
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

    /// <summary>Not before the first part of a long value is there is memory allocated for all of it.</summary>
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
