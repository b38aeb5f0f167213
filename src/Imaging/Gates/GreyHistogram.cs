using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Gates;

/// <summary>Grey values of the generator's input inside the mask.</summary>
internal static class GreyHistogram
{
    public const int Bins = 64;

    /// <param name="input">[-1, 1].</param>
    /// <param name="mask">Same size.</param>
    /// <returns>Shares that sum to 1; all 0 for an empty mask.</returns>
    public static double[] Of(float[] input, Mask mask)
    {
        var shares = new double[Bins];
        var area = Math.Max(1, mask.Area);
        for (var i = 0; i < input.Length; i++)
            if (mask.Pixels[i])
                shares[Math.Clamp((int)((input[i] + 1) / 2 * Bins), 0, Bins - 1)] += 1.0 / area;
        return shares;
    }

    /// <summary>Wasserstein-1: the area between the cumulative histograms, in units of the whole range, 0..1.</summary>
    public static double Distance(double[] a, double[] b)
    {
        var (difference, sum) = (0.0, 0.0);
        for (var i = 0; i < Bins; i++)
        {
            difference += a[i] - b[i];
            sum += Math.Abs(difference);
        }
        return sum / Bins;
    }
}
