using System.Buffers.Binary;
using System.IO.Compression;
using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Files;

/// <summary>PNG scan lines: filters (ISO/IEC 15948 clause 9) and samples.</summary>
internal static class PngRows
{
    public static Image Decode(PngHeader header, byte[] palette, Stream compressed)
    {
        if (header.ColourType == 3 && (palette.Length == 0 || palette.Length % 3 != 0))
            throw new InvalidDataException("PNG: an indexed image needs a palette of whole entries.");
        using var zlib = new ZLibStream(compressed, CompressionMode.Decompress);
        // Rows are allocated as their bytes arrive, so that a small file that claims a large image gets no memory for it.
        var rows = new List<float[]>();
        var (row, above) = (new byte[header.RowBytes + 1], new byte[header.RowBytes + 1]);
        while (rows.Count < header.Height)
        {
            try
            {
                zlib.ReadExactly(row);
            }
            catch (EndOfStreamException cut)
            {
                throw new InvalidDataException($"PNG: {rows.Count} of {header.Height} rows are there.", cut);
            }
            Unfilter(row[0], row.AsSpan(1), above.AsSpan(1), header.FilterStep);
            rows.Add(ToGrey(header, palette, row.AsSpan(1)));
            (row, above) = (above, row);
        }
        var image = new Image(header.Width, header.Height);
        for (var y = 0; y < rows.Count; y++)
            rows[y].CopyTo(image.Pixels.AsSpan(y * header.Width));
        return image;
    }

    /// <summary>Uses for each row the filter whose residuals have the smallest sum, as the standard recommends.</summary>
    public static void Encode(byte[] samples, int rowBytes, int step, Stream output)
    {
        var above = new byte[rowBytes];
        var (candidate, best) = (new byte[rowBytes + 1], new byte[rowBytes + 1]);
        for (var start = 0; start < samples.Length; start += rowBytes)
        {
            var row = samples.AsSpan(start, rowBytes);
            var smallest = long.MaxValue;
            for (byte filter = 0; filter < 5; filter++)
            {
                candidate[0] = filter;
                var sum = Filter(filter, row, above, step, candidate.AsSpan(1));
                if (sum >= smallest)
                    continue;
                smallest = sum;
                (candidate, best) = (best, candidate);
            }
            output.Write(best);
            row.CopyTo(above);
        }
    }

    private static long Filter(byte filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> residual)
    {
        var sum = 0L;
        for (var i = 0; i < row.Length; i++)
        {
            var (left, corner) = i < step ? (0, 0) : (row[i - step], above[i - step]);
            residual[i] = (byte)(row[i] - Predict(filter, left, above[i], corner));
            sum += Math.Abs((sbyte)residual[i] == sbyte.MinValue ? 128 : (sbyte)residual[i]);
        }
        return sum;
    }

    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        if (filter > 4)
            throw new InvalidDataException($"PNG: row filter {filter} is not in the standard.");
        if (filter == 0)
            return;
        for (var i = 0; i < row.Length; i++)
        {
            var (left, corner) = i < step ? (0, 0) : (row[i - step], above[i - step]);
            row[i] += (byte)Predict(filter, left, above[i], corner);
        }
    }

    private static int Predict(byte filter, int left, int up, int corner) => filter switch
    {
        1 => left,
        2 => up,
        3 => (left + up) / 2,
        4 => Paeth(left, up, corner),
        _ => 0,
    };

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static float[] ToGrey(PngHeader header, byte[] palette, ReadOnlySpan<byte> row)
    {
        var grey = new float[header.Width];
        for (var x = 0; x < grey.Length; x++)
        {
            var first = x * header.Channels;
            grey[x] = header.ColourType switch
            {
                3 => FromPalette(palette, Sample(header, row, first)),
                2 or 6 => Luma(Sample(header, row, first), Sample(header, row, first + 1), Sample(header, row, first + 2)),
                _ => header.BitDepth < 8 ? Sample(header, row, first) * 255f / ((1 << header.BitDepth) - 1) : Sample(header, row, first),
            };
        }
        return grey;
    }

    private static float FromPalette(byte[] palette, int index) => 3 * index + 2 < palette.Length
        ? Luma(palette[3 * index], palette[3 * index + 1], palette[3 * index + 2])
        : throw new InvalidDataException($"PNG: palette entry {index} does not exist.");

    private static float Luma(int red, int green, int blue) =>
        red == green && green == blue ? red : 0.299f * red + 0.587f * green + 0.114f * blue;

    private static int Sample(PngHeader header, ReadOnlySpan<byte> row, int index) => header.BitDepth switch
    {
        16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]),
        8 => row[index],
        var depth => (row[index * depth / 8] >> (8 - depth - index * depth % 8)) & ((1 << depth) - 1),
    };
}
