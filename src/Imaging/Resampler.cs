namespace Gateway.Imaging;

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

    public static Mask Nearest(Mask source, AffineTransform2D outputToSource, int width, int height)
    {
        var result = new Mask(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (sx, sy) = outputToSource.Apply(x, y);
                var (column, row) = ((int)Math.Floor(sx + 0.5), (int)Math.Floor(sy + 0.5));
                result[x, y] = column >= 0 && row >= 0 && column < source.Width && row < source.Height && source[column, row];
            }
        }
        return result;
    }

    private static float At(Image image, double x, double y, float outside)
    {
        if (!(x >= -0.5 && y >= -0.5 && x <= image.Width - 0.5 && y <= image.Height - 0.5))
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

    private static Image AntiAliased(Image source, AffineTransform2D map)
    {
        // Length of the output's pixel along the source's axes; a Gaussian that widens a 1-pixel source response to it.
        var (alongX, alongY) = (Math.Sqrt(map.Xx * map.Xx + map.Xy * map.Xy), Math.Sqrt(map.Yx * map.Yx + map.Yy * map.Yy));
        var (sigmaX, sigmaY) = (Sigma(alongX), Sigma(alongY));
        return sigmaX > 0 || sigmaY > 0 ? GaussianFilter.Apply(source, sigmaX, sigmaY) : source;

        static double Sigma(double step) => step > 1.1 ? 0.5 * Math.Sqrt(step * step - 1) : 0;
    }
}
