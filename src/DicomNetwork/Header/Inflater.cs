using System.IO.Compression;

namespace Gateway.DicomNetwork;

/// <summary>Inflates a deflated data set into a scanner as it comes (PS3.5 §A.5), up to a limit: a few kilobytes can unfold to
/// gigabytes.</summary>
internal sealed class Inflater : IDisposable
{
    private const long MaxInflated = 512L * 1024 * 1024;

    private readonly Source _source = new();
    private readonly DeflateStream _inflate;
    private readonly ElementScanner _scanner;
    private readonly byte[] _plain = new byte[16_384];
    private long _inflated;

    public Inflater(ElementScanner scanner) => (_scanner, _inflate) = (scanner, new(_source, CompressionMode.Decompress));

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !_scanner.IsDone)
        {
            bytes = bytes[_source.Offer(bytes)..];
            try
            {
                int length;
                while (!_scanner.IsDone && (length = _inflate.Read(_plain)) > 0)
                {
                    _scanner.Feed(_plain.AsSpan(0, length));
                    if ((_inflated += length) > MaxInflated)
                        _scanner.Fail("The deflated data set unfolds beyond its limit.");
                }
            }
            catch (InvalidDataException)
            {
                _scanner.Fail("The deflate stream is damaged.");
            }
        }
    }

    public void Dispose() => _inflate.Dispose();

    /// <summary>A stream that returns the bytes it was offered, and then "nothing now". The inflater goes on from there at the next
    /// offer.</summary>
    private sealed class Source : Stream
    {
        private readonly byte[] _bytes = new byte[16_384];
        private int _at;
        private int _end;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public int Offer(ReadOnlySpan<byte> bytes)
        {
            var taken = bytes[..Math.Min(bytes.Length, _bytes.Length)];
            taken.CopyTo(_bytes);
            (_at, _end) = (0, taken.Length);
            return taken.Length;
        }

        public override int Read(Span<byte> buffer)
        {
            var length = Math.Min(buffer.Length, _end - _at);
            _bytes.AsSpan(_at, length).CopyTo(buffer);
            _at += length;
            return length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
