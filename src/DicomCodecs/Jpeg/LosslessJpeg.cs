using System.Buffers.Binary;

namespace Gateway.DicomCodecs;

/// <summary>JPEG lossless with Huffman coding (ISO/IEC 10918-1 annex H): process 14 with any of its seven predictors, the components in
/// one scan or in one each. Samples have up to 16 bits, which general JPEG libraries hold in a signed short and then halve wrongly in
/// predictors 5 to 7.</summary>
internal sealed class LosslessJpeg
{
    private readonly HuffmanTable?[] _tables = new HuffmanTable?[4];
    private byte[] _components = [];
    private (int Component, HuffmanTable Table)[] _scan = [];
    private int _width;
    private int _height;
    private int _precision;
    private int _restartInterval;
    private int _predictor;
    private int _pointTransform;

    /// <exception cref="DicomDataException">The image is damaged or not the one that the data set describes.</exception>
    public static byte[] Decode(byte[] compressed, DicomPixelData pixels)
    {
        var image = (ReadOnlySpan<byte>)compressed;
        if (!image.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])) throw new DicomDataException("The frame does not begin as a JPEG image.");
        image = image[2..];
        var decoder = new LosslessJpeg();
        decoder.ReadHeaders(ref image);
        var format = SampleFormat.Of(pixels, decoder._width, decoder._height, decoder._components.Length, decoder._precision);

        var samples = new ushort[format.Count];
        for (var decoded = decoder.DecodeScan(ref image, samples); decoded < decoder._components.Length;
            decoded += decoder.DecodeScan(ref image, samples))
            decoder.ReadHeaders(ref image);
        for (var i = 0; i < samples.Length; i++) format.Put(i, samples[i]);
        return format.Frame;
    }

    /// <summary>Reads segments up to and with the scan's own, and leaves <paramref name="image"/> at its samples.</summary>
    private void ReadHeaders(ref ReadOnlySpan<byte> image)
    {
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

    /// <returns>How many components it held.</returns>
    private int DecodeScan(ref ReadOnlySpan<byte> image, ushort[] samples)
    {
        var bits = new JpegBits(image);
        var (sinceRestart, top) = (0, 0);
        for (var y = 0; y < _height; y++)
            for (var x = 0; x < _width; x++)
            {
                if (_restartInterval > 0 && sinceRestart == _restartInterval)
                {
                    bits.Restart();
                    (sinceRestart, top) = (0, y);
                }
                sinceRestart++;
                foreach (var (component, table) in _scan)
                    samples[(y * _width + x) * _components.Length + component] =
                        (ushort)(Predict(samples, component, x, y, top) + bits.Difference(table));
            }
        image = image[bits.Consumed..];
        Shift(samples);
        return _scan.Length;
    }

    /// <summary>Annex A.4: the point transform is undone.</summary>
    private void Shift(ushort[] samples)
    {
        if (_pointTransform == 0) return;
        foreach (var (component, _) in _scan)
            for (var i = component; i < samples.Length; i += _components.Length) samples[i] <<= _pointTransform;
    }

    /// <summary>Annex H.1.2.1: the first row from the left, the first column from above, the rest as the scan says.</summary>
    private int Predict(ushort[] samples, int component, int x, int y, int top)
    {
        var step = _components.Length;
        var row = _width * step;
        var at = y * row + x * step + component;
        if (y == top) return x == 0 ? 1 << (_precision - _pointTransform - 1) : samples[at - step];
        if (x == 0) return samples[at - row];
        var (left, above, diagonal) = ((int)samples[at - step], (int)samples[at - row], (int)samples[at - row - step]);
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
            case >= 0xC0 and <= 0xCF and not 0xC8 and not 0xCC:
                throw new DicomDataException("The frame is a JPEG image of another process.");
        }
    }

    private void ReadFrame(ReadOnlySpan<byte> segment)
    {
        if (_components.Length > 0 || segment.Length < 6 || segment[5] is not (1 or 3) || segment.Length < 6 + 3 * segment[5])
            throw new DicomDataException("The JPEG image has neither one nor three samples a pixel.");
        (_precision, _height, _width) =
            (segment[0], BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), BinaryPrimitives.ReadUInt16BigEndian(segment[3..]));
        _components = new byte[segment[5]];
        for (var i = 0; i < _components.Length; i++)
        {
            _components[i] = segment[6 + 3 * i];
            if (_components.Length > 1 && segment[7 + 3 * i] != 0x11)
                throw new DicomDataException("Lossless JPEG with subsampled components cannot be decoded.");
        }
    }

    private void ReadTables(ReadOnlySpan<byte> segment)
    {
        HuffmanTable.Check(segment);
        while (!segment.IsEmpty)
        {
            var count = 0;
            foreach (var codes in segment[1..17]) count += codes;
            _tables[segment[0] & 3] = new(segment[1..17], segment[17..(17 + count)]);
            segment = segment[(17 + count)..];
        }
    }

    private void ReadScan(ReadOnlySpan<byte> segment)
    {
        var count = segment.IsEmpty ? 0 : segment[0];
        if (count is not (1 or 3) || count > _components.Length || segment.Length < 4 + 2 * count || _precision is < 2 or > 16)
            throw new DicomDataException("The JPEG scan is none of the lossless process.");
        (_predictor, _pointTransform) = (segment[1 + 2 * count], segment[3 + 2 * count] & 15);
        if (_predictor is < 1 or > 7 || _pointTransform >= _precision)
            throw new DicomDataException("The JPEG scan is none of the lossless process.");
        _scan = new (int, HuffmanTable)[count];
        for (var i = 0; i < count; i++) _scan[i] = Component(segment[1 + 2 * i], segment[2 + 2 * i] >> 4);
    }

    private (int Component, HuffmanTable Table) Component(byte identifier, int table) =>
        (Array.IndexOf(_components, identifier), _tables[table & 3]) is ( >= 0 and var component, { } found)
            ? (component, found) : throw new DicomDataException("The JPEG scan names a component or a Huffman table that is not there.");
}
