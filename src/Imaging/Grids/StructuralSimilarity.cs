using System.Numerics;

namespace Gateway.Imaging.Grids;

/// <summary>SSIM of Wang et al. 2004: Gaussian window of 11 taps, sigma 1.5, population covariance, valid windows only.</summary>
public static class StructuralSimilarity
{
    private const int Reach = 5;
    private const double Sigma = 1.5;

    /// <param name="a">Values in [0, range].</param>
    /// <param name="b">Same size, at least 11 x 11.</param>
    /// <param name="range">Dynamic range L; C1 = (0.01 L)², C2 = (0.03 L)².</param>
    /// <param name="mask">If given, only windows centred on its pixels are averaged.</param>
    public static double Of(Image a, Image b, double range = 1, Mask? mask = null) => Mean(Windows(a, b, range), a, mask);

    /// <summary>Over all windows, and over those centred on the mask's pixels; of pictures in [0, 1].</summary>
    /// <inheritdoc cref="Of"/>
    public static (double Whole, double Inside) WholeAndInside(Image a, Image b, Mask mask)
    {
        var windows = Windows(a, b, range: 1);
        return (Mean(windows, a, null), Mean(windows, a, mask));
    }

    private static double Mean(double[] windows, Image size, Mask? mask)
    {
        var (sum, count) = (0.0, 0);
        for (var y = Reach; y < size.Height - Reach; y++)
        {
            for (var i = y * size.Width + Reach; i < (y + 1) * size.Width - Reach; i++)
            {
                if (mask is null || mask.Pixels[i])
                    (sum, count) = (sum + windows[i], count + 1);
            }
        }
        return sum / count;
    }

    /// <summary>The similarity of the window centred on each pixel; 0 along the border, where there is none.</summary>
    private static double[] Windows(Image a, Image b, double range)
    {
        if ((a.Width, a.Height) != (b.Width, b.Height) || Math.Min(a.Width, a.Height) <= 2 * Reach)
            throw new ArgumentException("SSIM compares pictures of one size, at least 11 x 11.");
        var (c1, c2) = (Math.Pow(0.01 * range, 2), Math.Pow(0.03 * range, 2));
        // In double, since variances are differences of nearly equal means.
        double[] valuesA = Array.ConvertAll(a.Pixels, v => (double)v), valuesB = Array.ConvertAll(b.Pixels, v => (double)v);
        var (meanA, meanB) = (Window(valuesA, a), Window(valuesB, a));
        var meanAa = Window([.. valuesA.Select(v => v * v)], a);
        var meanBb = Window([.. valuesB.Select(v => v * v)], a);
        var meanAb = Window([.. valuesA.Zip(valuesB, (x, y) => x * y)], a);
        var result = new double[valuesA.Length];
        for (var y = Reach; y < a.Height - Reach; y++)
        {
            for (var i = y * a.Width + Reach; i < (y + 1) * a.Width - Reach; i++)
            {
                var (varA, varB) = (meanAa[i] - meanA[i] * meanA[i], meanBb[i] - meanB[i] * meanB[i]);
                var covariance = meanAb[i] - meanA[i] * meanB[i];
                result[i] = (2 * meanA[i] * meanB[i] + c1) * (2 * covariance + c2)
                    / ((meanA[i] * meanA[i] + meanB[i] * meanB[i] + c1) * (varA + varB + c2));
            }
        }
        return result;
    }

    private static double[] Window(double[] values, Image size)
    {
        var taps = Enumerable.Range(-Reach, 2 * Reach + 1).Select(i => Math.Exp(-i * i / (2 * Sigma * Sigma))).ToArray();
        var total = taps.Sum();
        var (rows, result) = (new double[values.Length], new double[values.Length]);
        var (width, inner) = (size.Width, size.Width - 2 * Reach);
        for (var y = 0; y < size.Height; y++)
            for (var k = 0; k < taps.Length; k++)
                AddScaled(rows.AsSpan(y * width + Reach, inner), values.AsSpan(y * width + k, inner), taps[k] / total);
        for (var y = Reach; y < size.Height - Reach; y++)
            for (var k = 0; k < taps.Length; k++)
                AddScaled(result.AsSpan(y * width + Reach, inner), rows.AsSpan((y + k - Reach) * width + Reach, inner), taps[k] / total);
        return result;
    }

    private static void AddScaled(Span<double> sum, ReadOnlySpan<double> values, double factor)
    {
        var i = 0;
        for (var wide = new Vector<double>(factor); i <= sum.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(sum[i..]) + wide * new Vector<double>(values[i..])).CopyTo(sum[i..]);
        for (; i < sum.Length; i++)
            sum[i] += factor * values[i];
    }
}
