using System.Runtime.InteropServices;

namespace Gateway.DicomCodecs;

/// <summary>Hands a codestream to OpenJPEG piece by piece. The library holds the callbacks: this must outlive the decoding.</summary>
internal sealed class CodestreamReader
{
    private static readonly nuint End = nuint.MaxValue;

    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly Jpeg2000Api.Read _read;
    private readonly Jpeg2000Api.Skip _skip;
    private readonly Jpeg2000Api.Seek _seek;
    private long _at;

    public CodestreamReader(byte[] bytes, int start)
    {
        (_bytes, _start, _at) = (bytes, start, start);
        (_read, _skip, _seek) = (Read, Skip, Seek);
    }

    public Jpeg2000Api.Stream Open()
    {
        const int block = 65_536;
        var stream = Jpeg2000Api.CreateStream(block, isInput: 1);
        Jpeg2000Api.SetRead(stream, _read);
        Jpeg2000Api.SetSkip(stream, _skip);
        Jpeg2000Api.SetSeek(stream, _seek);
        Jpeg2000Api.SetLength(stream, (ulong)(_bytes.Length - _start));
        return stream;
    }

    private nuint Read(nint buffer, nuint length, nint user)
    {
        var count = (int)Math.Min((ulong)length, (ulong)(_bytes.Length - _at));
        if (count == 0) return End;
        Marshal.Copy(_bytes, (int)_at, buffer, count);
        _at += count;
        return (nuint)count;
    }

    private long Skip(long length, nint user)
    {
        var count = Math.Clamp(length, _start - _at, _bytes.Length - _at);
        if (count == 0 && length != 0) return -1;
        _at += count;
        return count;
    }

    private int Seek(long position, nint user)
    {
        if (position < 0 || position > _bytes.Length - _start) return 0;
        _at = _start + position;
        return 1;
    }
}
