namespace Gateway.Portal.DicomWeb;

/// <summary>A picture to look at: 8 bits a sample, rows from the top.</summary>
/// <param name="Samples">1 for grey, 3 for red, green and blue, interleaved.</param>
internal sealed record Picture8(int Width, int Height, int Samples, byte[] Pixels)
{
    /// <summary>Scaled to fit into a box with its proportions kept, between pixels or as the mean of those that fall into one.</summary>
    public Picture8 Within(int width, int height)
    {
        var scale = Math.Min((double)width / Width, (double)height / Height);
        return Scaled(Math.Max(1, (int)Math.Round(Width * scale)), Math.Max(1, (int)Math.Round(Height * scale)));
    }

    private Picture8 Scaled(int width, int height)
    {
        var (across, down) = (Weights(Width, width), Weights(Height, height));
        var pixels = new byte[width * height * Samples];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var s = 0; s < Samples; s++)
                    pixels[(((y * width) + x) * Samples) + s] = Mean(down[y], across[x], s);
        return new(width, height, Samples, pixels);
    }

    private byte Mean((int First, float[] Share) rows, (int First, float[] Share) columns, int sample)
    {
        var sum = 0f;
        for (var r = 0; r < rows.Share.Length; r++)
            for (var c = 0; c < columns.Share.Length; c++)
                sum += rows.Share[r] * columns.Share[c] * Pixels[((((rows.First + r) * Width) + columns.First + c) * Samples) + sample];
        return (byte)Math.Clamp(MathF.Round(sum), 0, 255);
    }

    /// <summary>For each new pixel the old ones it is made of and their shares, which sum to 1: a triangle as wide as the larger of both.
    /// </summary>
    private static (int First, float[] Share)[] Weights(int from, int to)
    {
        var step = (double)from / to;
        var reach = Math.Max(1, step);
        return [.. Enumerable.Range(0, to).Select(n =>
        {
            var centre = ((n + 0.5) * step) - 0.5;
            var (first, last) = (Math.Max(0, (int)Math.Ceiling(centre - reach)), Math.Min(from - 1, (int)Math.Floor(centre + reach)));
            var share = Enumerable.Range(first, last - first + 1).Select(p => (float)Math.Max(0, 1 - (Math.Abs(p - centre) / reach)))
                .ToArray();
            var sum = share.Sum();
            return (first, Array.ConvertAll(share, s => s / sum));
        })];
    }
}
