namespace Gateway.Imaging.Grids;

/// <summary>Values of an image at the mapped positions of another grid. Every delivered picture passes through here exactly once.</summary>
public static class Resampler
{
    /// <summary>Bilinear; a source finer than the output grid is smoothed first so that detail does not alias.</summary>
    /// <param name="source">Image sampled.</param>
    /// <param name="outputToSource">Output pixel to source pixel.</param>
    /// <param name="width">Output width.</param>
    /// <param name="height">Output height.</param>
    /// <param name="outside">Value of positions more than half a pixel outside the source.</param>
    public static Image Bilinear(Image source, AffineTransform2D outputToSource, int width, int height, float outside)
    {
        var smooth = AntiAliased(source, outputToSource);
        var result = new Image(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (sx, sy) = outputToSource.Apply(x, y);
                result[x, y] = At(smooth, sx, sy, outside);
            }
        }
        return result;
    }

    /// <summary>Cubic (Catmull-Rom), along a non-linear map that is close to a linear one. Values never exceed the source's own
    /// extremes.</summary>
    /// <param name="source">Image sampled.</param>
    /// <param name="near">A linear map close to the other; it tells how fine the source is relative to the output.</param>
    /// <param name="outputToSource">Output pixel to source pixel.</param>
    /// <param name="width">Output width.</param>
    /// <param name="height">Output height.</param>
    /// <param name="outside">Value of positions more than half a pixel outside the source.</param>
    public static Image Cubic(
        Image source, AffineTransform2D near, Func<double, double, (double X, double Y)> outputToSource, int width, int height,
        float outside)
    {
        var smooth = AntiAliased(source, near);
        var (least, most) = (source.Pixels.Min(), source.Pixels.Max());
        var result = new Image(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (sx, sy) = outputToSource(x, y);
                result[x, y] = IsInside(source, sx, sy) ? Math.Clamp(CubicAt(smooth, sx, sy), least, most) : outside;
            }
        }
        return result;
    }

    /// <summary>The set's pixels nearest to the mapped positions.</summary>
    public static Mask Nearest(Mask source, AffineTransform2D outputToSource, int width, int height) =>
        Nearest(source, outputToSource.Apply, width, height);

    /// <summary>The set's pixels nearest to the mapped positions.</summary>
    public static Mask Nearest(Mask source, Func<double, double, (double X, double Y)> outputToSource, int width, int height)
    {
        var result = new Mask(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (sx, sy) = outputToSource(x, y);
                var (column, row) = ((int)Math.Floor(sx + 0.5), (int)Math.Floor(sy + 0.5));
                result[x, y] = column >= 0 && row >= 0 && column < source.Width && row < source.Height && source[column, row];
            }
        }
        return result;
    }

    private static float At(Image image, double x, double y, float outside)
    {
        if (!IsInside(image, x, y))
            return outside;
        x = Math.Clamp(x, 0, image.Width - 1);
        y = Math.Clamp(y, 0, image.Height - 1);
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, image.Width - 1), Math.Min(top + 1, image.Height - 1));
        var (fx, fy) = ((float)(x - left), (float)(y - top));
        var upper = image[left, top] + fx * (image[right, top] - image[left, top]);
        var lower = image[left, bottom] + fx * (image[right, bottom] - image[left, bottom]);
        return upper + fy * (lower - upper);
    }

    private static bool IsInside(Image image, double x, double y) =>
        x >= -0.5 && y >= -0.5 && x <= image.Width - 0.5 && y <= image.Height - 0.5;

    private static float CubicAt(Image image, double x, double y)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        Span<float> across = stackalloc float[4], down = stackalloc float[4];
        CatmullRom((float)(x - left), across);
        CatmullRom((float)(y - top), down);
        var sum = 0f;
        for (var j = 0; j < 4; j++)
        {
            var row = Math.Clamp(top + j - 1, 0, image.Height - 1) * image.Width;
            for (var i = 0; i < 4; i++)
                sum += down[j] * across[i] * image.Pixels[row + Math.Clamp(left + i - 1, 0, image.Width - 1)];
        }
        return sum;
    }

    private static void CatmullRom(float t, Span<float> weights)
    {
        weights[0] = ((2 - t) * t - 1) * t / 2;
        weights[1] = ((3 * t - 5) * t * t + 2) / 2;
        weights[2] = ((4 - 3 * t) * t + 1) * t / 2;
        weights[3] = (t - 1) * t * t / 2;
    }

    private static Image AntiAliased(Image source, AffineTransform2D map)
    {
        // Length of an output pixel along the source's axes. The Gaussian widens the response of one source pixel to that length.
        var (alongX, alongY) = (Math.Sqrt(map.Xx * map.Xx + map.Xy * map.Xy), Math.Sqrt(map.Yx * map.Yx + map.Yy * map.Yy));
        var (sigmaX, sigmaY) = (Sigma(alongX), Sigma(alongY));
        return sigmaX > 0 || sigmaY > 0 ? GaussianFilter.Apply(source, sigmaX, sigmaY) : source;

        static double Sigma(double step) => step > 1.1 ? 0.5 * Math.Sqrt(step * step - 1) : 0;
    }
}
