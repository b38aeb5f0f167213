using System.Buffers.Binary;

namespace Gateway.Portal.DicomWeb;

/// <summary>Writes baseline JPEG (ITU-T T.81), grey or in colour, every component at full size.</summary>
internal static class JpegWriter
{
    private const int Side = 8;

    /// <summary>Row by row of frequency, the basis at the eight places (annex A.3.3).</summary>
    private static readonly float[] Cosines = [.. Enumerable.Range(0, Side * Side).Select(n => Cosine(n / Side, n % Side))];

    /// <param name="picture">At most 65,535 pixels a side.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] Encode(Picture8 picture, int quality)
    {
        using var jpeg = new MemoryStream();
        var steps = JpegTables.Steps(quality);
        WriteHead(jpeg, picture, steps);
        var bits = new JpegBits(jpeg);
        var planes = Planes(picture);
        var before = new int[planes.Length];
        var block = new int[Side * Side];
        for (var y = 0; y < picture.Height; y += Side)
            for (var x = 0; x < picture.Width; x += Side)
                for (var c = 0; c < planes.Length; c++)
                {
                    Transform(planes[c], picture, (x, y), steps, block);
                    bits.Write(block, before[c]);
                    before[c] = block[0];
                }
        bits.End();
        jpeg.Write([0xFF, 0xD9]);
        return jpeg.ToArray();
    }

    private static float Cosine(int frequency, int place) =>
        (float)((frequency == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((2 * place) + 1) * frequency * Math.PI / 16));

    private static void WriteHead(MemoryStream jpeg, Picture8 picture, byte[] steps)
    {
        jpeg.Write([0xFF, 0xD8]);
        Segment(jpeg, 0xE0, [(byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        Segment(jpeg, 0xDB, [0, .. JpegTables.ZigZag.Select(place => steps[place])]);
        var frame = new byte[6 + (3 * picture.Samples)];
        (frame[0], frame[5]) = (8, (byte)picture.Samples);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)picture.Height);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(3), (ushort)picture.Width);
        for (var c = 0; c < picture.Samples; c++)
            ((byte[])[(byte)(c + 1), 0x11, 0]).CopyTo(frame, 6 + (3 * c));
        Segment(jpeg, 0xC0, frame);
        Segment(jpeg, 0xC4, [0x00, .. JpegTables.DcLengths, .. JpegTables.DcSymbols]);
        Segment(jpeg, 0xC4, [0x10, .. JpegTables.AcLengths, .. JpegTables.AcSymbols]);
        Segment(
            jpeg, 0xDA,
            [(byte)picture.Samples, .. Enumerable.Range(1, picture.Samples).SelectMany(c => (byte[])[(byte)c, 0]), 0, 63, 0]);
    }

    private static void Segment(MemoryStream jpeg, byte marker, byte[] content) =>
        jpeg.Write([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content]);

    /// <summary>Grey, or luminance and chrominance (ITU-T T.871, 7), each around 0.</summary>
    private static float[][] Planes(Picture8 picture)
    {
        var (pixels, count) = (picture.Pixels, picture.Width * picture.Height);
        if (picture.Samples == 1)
            return [Array.ConvertAll(pixels, p => p - 128f)];
        float[][] planes = [new float[count], new float[count], new float[count]];
        for (var i = 0; i < count; i++)
        {
            var (r, g, b) = (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]);
            planes[0][i] = (0.299f * r) + (0.587f * g) + (0.114f * b) - 128;
            planes[1][i] = (-0.168736f * r) - (0.331264f * g) + (0.5f * b);
            planes[2][i] = (0.5f * r) - (0.418688f * g) - (0.081312f * b);
        }
        return planes;
    }

    /// <summary>The block at that place, transformed and quantised; beyond the edge the last pixel is repeated.</summary>
    private static void Transform(float[] plane, Picture8 picture, (int X, int Y) at, byte[] steps, int[] block)
    {
        Span<float> rows = stackalloc float[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            var row = Math.Min(at.Y + y, picture.Height - 1) * picture.Width;
            for (var u = 0; u < Side; u++)
            {
                var sum = 0f;
                for (var x = 0; x < Side; x++)
                    sum += Cosines[(u * Side) + x] * plane[row + Math.Min(at.X + x, picture.Width - 1)];
                rows[(y * Side) + u] = sum;
            }
        }
        for (var v = 0; v < Side; v++)
            for (var u = 0; u < Side; u++)
            {
                var sum = 0f;
                for (var y = 0; y < Side; y++)
                    sum += Cosines[(v * Side) + y] * rows[(y * Side) + u];
                block[(v * Side) + u] = (int)MathF.Round(sum / steps[(v * Side) + u]);
            }
    }
}
