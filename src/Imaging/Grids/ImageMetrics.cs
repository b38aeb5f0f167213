namespace Gateway.Imaging.Grids;

/// <summary>Similarity of two pictures of one size; with a mask, over its pixels only.</summary>
public static class ImageMetrics
{
    /// <summary>Normalised cross-correlation, -1..1; 0 when one picture is constant.</summary>
    public static double Ncc(Image a, Image b, Mask? mask = null)
    {
        double n = 0, sumA = 0, sumB = 0, sumAa = 0, sumBb = 0, sumAb = 0;
        foreach (var i in Inside(a, mask))
        {
            double x = a.Pixels[i], y = b.Pixels[i];
            (n, sumA, sumB) = (n + 1, sumA + x, sumB + y);
            (sumAa, sumBb, sumAb) = (sumAa + x * x, sumBb + y * y, sumAb + x * y);
        }
        var spread = (sumAa - sumA * sumA / n) * (sumBb - sumB * sumB / n);
        return spread > 0 ? (sumAb - sumA * sumB / n) / Math.Sqrt(spread) : 0;
    }

    /// <summary>Mean absolute difference.</summary>
    public static double Mae(Image a, Image b, Mask? mask = null) =>
        Inside(a, mask).Average(i => Math.Abs((double)a.Pixels[i] - b.Pixels[i]));

    /// <summary>Peak signal-to-noise ratio, dB; infinite for equal pictures.</summary>
    public static double Psnr(Image a, Image b, double range, Mask? mask = null) =>
        10 * Math.Log10(range * range / Inside(a, mask).Average(i => Math.Pow((double)a.Pixels[i] - b.Pixels[i], 2)));

    /// <summary>Overlap 2|A∩B| / (|A|+|B|), 0..1; 1 for two empty masks.</summary>
    public static double Dice(Mask a, Mask b)
    {
        var (both, sum) = (0, a.Area + b.Area);
        for (var i = 0; i < a.Pixels.Length; i++)
            both += a.Pixels[i] && b.Pixels[i] ? 1 : 0;
        return sum == 0 ? 1 : 2.0 * both / sum;
    }

    private static IEnumerable<int> Inside(Image image, Mask? mask) =>
        Enumerable.Range(0, image.Pixels.Length).Where(i => mask is null || mask.Pixels[i]);
}
