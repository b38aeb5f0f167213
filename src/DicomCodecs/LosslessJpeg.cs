using System.Buffers.Binary;

namespace Gateway.DicomCodecs;

/// <summary>JPEG lossless with Huffman coding and one component (ISO/IEC 10918-1 annex H): process 14 with any of its seven predictors.
/// Samples have up to 16 bits, which general JPEG libraries hold in a signed short and then halve wrongly in predictors 5 to 7.</summary>
internal sealed class LosslessJpeg
{
    private readonly HuffmanTable?[] _tables = new HuffmanTable?[4];
    private int _restartInterval;
    private int _predictor;
    private int _pointTransform;
    private HuffmanTable? _table;

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Bits of a sample.</summary>
    public int Precision { get; private set; }

    /// <summary>Reads the headers and leaves <paramref name="image"/> at the entropy-coded samples.</summary>
    /// <exception cref="DicomDataException">It is no such image.</exception>
    public void ReadHeaders(ref ReadOnlySpan<byte> image)
    {
        if (!image.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])) throw new DicomDataException("The frame does not begin as a JPEG image.");
        image = image[2..];
        while (true)
        {
            while (image.Length > 1 && image[0] == 0xFF && image[1] == 0xFF) image = image[1..];
            if (image.Length < 4 || image[0] != 0xFF) throw new DicomDataException("The JPEG image has no samples.");
            var length = BinaryPrimitives.ReadUInt16BigEndian(image[2..]);
            if (length < 2 || length + 2 > image.Length) throw new DicomDataException("A JPEG segment is longer than the image.");
            var marker = image[1];
            var segment = image[4..(length + 2)];
            image = image[(length + 2)..];
            Read(marker, segment);
            if (marker == 0xDA) return;
        }
    }

    /// <summary>Decodes the samples in rows from the top.</summary>
    /// <exception cref="DicomDataException">They end early or are damaged.</exception>
    public ushort[] Decode(ReadOnlySpan<byte> coded)
    {
        var table = _table ?? throw new DicomDataException("The JPEG scan names a Huffman table that is not there.");
        var samples = new ushort[Width * Height];
        var bits = new JpegBits(coded);
        var sinceRestart = 0;
        var top = 0;
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                if (_restartInterval > 0 && sinceRestart == _restartInterval)
                {
                    bits.Restart();
                    (sinceRestart, top) = (0, y);
                }
                sinceRestart++;
                samples[y * Width + x] = (ushort)(Predict(samples, x, y, top) + bits.Difference(table));
            }
        if (_pointTransform > 0)
            for (var i = 0; i < samples.Length; i++) samples[i] <<= _pointTransform;
        return samples;
    }

    /// <summary>Annex H.1.2.1: the first row from the left, the first column from above, the rest as the scan says.</summary>
    private int Predict(ushort[] samples, int x, int y, int top)
    {
        var at = y * Width + x;
        if (y == top) return x == 0 ? 1 << (Precision - _pointTransform - 1) : samples[at - 1];
        if (x == 0) return samples[at - Width];
        var (left, above, diagonal) = ((int)samples[at - 1], (int)samples[at - Width], (int)samples[at - Width - 1]);
        return _predictor switch
        {
            1 => left,
            2 => above,
            3 => diagonal,
            4 => left + above - diagonal,
            5 => left + ((above - diagonal) >> 1),
            6 => above + ((left - diagonal) >> 1),
            _ => (left + above) >> 1,
        };
    }

    private void Read(byte marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case 0xC4: ReadTables(segment); break;
            case 0xC3: ReadFrame(segment); break;
            case 0xDD when segment.Length >= 2: _restartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment); break;
            case 0xDA: ReadScan(segment); break;
            case >= 0xC0 and <= 0xCF and not 0xC8 and not 0xCC: throw new DicomDataException("The frame is a JPEG image of another process.");
        }
    }

    private void ReadFrame(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 9 || segment[5] != 1) throw new DicomDataException("JPEG with more than one sample a pixel cannot be decoded.");
        (Precision, Height, Width) = (segment[0], BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
    }

    private void ReadTables(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 17)
        {
            var count = 0;
            foreach (var codes in segment[1..17]) count += codes;
            if (count > segment.Length - 17) throw new DicomDataException("A Huffman table is longer than its segment.");
            _tables[segment[0] & 3] = new(segment[1..17], segment[17..(17 + count)]);
            segment = segment[(17 + count)..];
        }
    }

    private void ReadScan(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 6 || segment[0] != 1 || segment[3] is < 1 or > 7 || Precision is < 2 or > 16 || (segment[5] & 15) >= Precision)
            throw new DicomDataException("The JPEG scan is none of the lossless process.");
        (_table, _predictor, _pointTransform) = (_tables[(segment[2] >> 4) & 3], segment[3], segment[5] & 15);
    }
}
