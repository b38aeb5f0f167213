namespace Gateway.RegistrationBench;

/// <summary>Catmull-Rom sampling, so that pictures of known truth are as sharp as their source and not made by what is measured.</summary>
internal static class Cubic
{
    /// <summary>The source, smoothed to 1 mm pixels where it is finer.</summary>
    public static Image Prepared(Image source, AffineTransform2D toSource)
    {
        var step = toSource.Scale;
        return step > 1.1 ? GaussianFilter.Apply(source, 0.5 * Math.Sqrt(step * step - 1), 0.5 * Math.Sqrt(step * step - 1)) : source;
    }

    public static Image Draw(Image source, Func<double, double, (double X, double Y)> toSource)
    {
        var result = new Image(Reference.Side, Reference.Side);
        for (var i = 0; i < result.Pixels.Length; i++)
        {
            var (x, y) = toSource(i % Reference.Side, i / Reference.Side);
            result.Pixels[i] = At(source, x, y);
        }
        return result;
    }

    private static float At(Image image, double x, double y)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var sum = 0.0;
        for (var j = -1; j <= 2; j++)
            for (var i = -1; i <= 2; i++)
                if (left + i >= 0 && top + j >= 0 && left + i < image.Width && top + j < image.Height)
                    sum += Weight(x - left - i) * Weight(y - top - j) * image[left + i, top + j];
        return (float)sum;
    }

    private static double Weight(double t)
    {
        t = Math.Abs(t);
        return t < 1 ? 1.5 * t * t * t - 2.5 * t * t + 1 : t < 2 ? -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2 : 0;
    }
}
