namespace Gateway.Dicom;

/// <summary>Bytes to be parsed, from where the stream stands to its end. Nothing is allocated for a length that they do not bear out.</summary>
/// <param name="stream">One that can seek.</param>
internal sealed class ByteSource(Stream stream)
{
    private readonly long _start = stream.Position;

    public long Position => stream.Position - _start;

    public long Remaining => stream.Length - stream.Position;

    /// <summary>Fills the span; false at the end of the bytes, with how many there were in <paramref name="read"/>.</summary>
    public bool TryRead(Span<byte> into, out int read)
    {
        read = stream.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
        return read == into.Length;
    }

    /// <summary>The next bytes, which stay to be read: <paramref name="length"/> of them, or as many as there are.</summary>
    public byte[] Peek(int length)
    {
        var bytes = Read(length);
        stream.Seek(-bytes.Length, SeekOrigin.Current);
        return bytes;
    }

    /// <summary>The next bytes: <paramref name="length"/> of them, or as many as there are.</summary>
    public byte[] Read(long length)
    {
        var bytes = new byte[Math.Min(length, Remaining)];
        return TryRead(bytes, out var read) ? bytes : bytes[..read];
    }

    /// <summary>Passes over the rest if it is nothing but zeros.</summary>
    public bool OnlyZerosFollow()
    {
        var back = stream.Position;
        Span<byte> chunk = stackalloc byte[4_096];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            if (!chunk[..read].ContainsAnyExcept((byte)0)) continue;
            stream.Position = back;
            return false;
        }
        return true;
    }

    /// <summary>Passes over bytes; returns how many there were.</summary>
    public long Skip(long length)
    {
        var step = Math.Min(length, Remaining);
        stream.Seek(step, SeekOrigin.Current);
        return step;
    }
}
