namespace Gateway.DicomCodecs;

/// <summary>Brings half-size components to full size by the triangle filter that the Independent JPEG Group's decoder made the custom: each
/// new sample is three quarters the nearer and one quarter the farther of its neighbours.</summary>
internal static class JpegUpsampling
{
    public static short[] Across(short[] half, int halfWidth, int height, int width)
    {
        var full = new short[width * height];
        for (var y = 0; y < height; y++)
        {
            var row = half.AsSpan(y * halfWidth, halfWidth);
            for (var x = 0; x < width; x++)
            {
                var (near, far) = (row[x / 2], row[Neighbour(x, halfWidth)]);
                full[y * width + x] = (short)((3 * near + far + 1 + x % 2) >> 2);
            }
        }
        return full;
    }

    public static short[] AcrossAndDown(short[] half, int halfWidth, int halfHeight, int width, int height)
    {
        var full = new short[width * height];
        var column = new int[halfWidth];
        for (var y = 0; y < height; y++)
        {
            var near = half.AsSpan(y / 2 * halfWidth, halfWidth);
            var far = half.AsSpan(Neighbour(y, halfHeight) * halfWidth, halfWidth);
            for (var x = 0; x < halfWidth; x++) column[x] = 3 * near[x] + far[x];
            for (var x = 0; x < width; x++)
                full[y * width + x] = (short)((3 * column[x / 2] + column[Neighbour(x, halfWidth)] + 8 - x % 2) >> 4);
        }
        return full;
    }

    /// <summary>The half-size sample on the other side of a full-size one; at the border its own.</summary>
    private static int Neighbour(int at, int count) => Math.Clamp(at / 2 + (at % 2 == 0 ? -1 : 1), 0, count - 1);
}
