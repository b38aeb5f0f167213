using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Gates;

/// <summary>
/// A small set of radiomic figures in the manner of FRD: nine of first order, their spread figures again for three bands (differences of
/// Gaussians at 1, 2 and 4 mm), and five of grey-level pairs at 1 and 4 mm.
/// </summary>
public static class Radiomics
{
    private const int EntropyBins = 32;
    private const double RimMm = 6;
    private static readonly double[] Scales = [1, 2, 4];
    private static readonly int[] Steps = [1, 4];

    /// <param name="input">256 x 256 at 1.0 mm, [-1, 1].</param>
    /// <param name="mask">Same size.</param>
    public static double[] Of(float[] input, Mask mask)
    {
        var image = new Image(mask.Width, mask.Height, input);
        var core = Morphology.Erode(mask, RimMm);
        return
        [
            .. FirstOrder(Inside(image, mask)),
            .. Scales.SelectMany(scale => Spread(Inside(Band(image, scale), core))),
            .. Steps.SelectMany(step => GreyLevelPairs.Of(image, mask, step)),
        ];
    }

    private static double[] Inside(Image image, Mask mask)
    {
        var values = image.Pixels.Where((_, i) => mask.Pixels[i]).Select(value => (double)value).ToArray();
        return values.Length > 0 ? values : [0];
    }

    private static Image Band(Image image, double scale)
    {
        var (fine, coarse) = (GaussianFilter.Apply(image, scale, scale), GaussianFilter.Apply(image, 1.6 * scale, 1.6 * scale));
        return new(image.Width, image.Height, [.. fine.Pixels.Zip(coarse.Pixels, (a, b) => a - b)]);
    }

    private static IEnumerable<double> FirstOrder(double[] values)
    {
        var (mean, deviation, skewness, kurtosis) = Moments(values);
        var shares = values.GroupBy(value => (int)Math.Clamp((value + 1) / 2 * EntropyBins, 0, EntropyBins - 1))
            .Select(bin => (double)bin.Count() / values.Length);
        var percentiles = Percentiles.Of(values.Select(value => (float)value), [0.1, 0.5, 0.9]);
        return [
            mean, deviation, skewness, kurtosis, -shares.Sum(share => share * Math.Log2(share)), shares.Sum(share => share * share),
            .. percentiles.Select(value => (double)value)];
    }

    /// <summary>On a logarithmic scale, because noise and sharpness multiply the energy of a band.</summary>
    private static IEnumerable<double> Spread(double[] values)
    {
        var (_, deviation, skewness, kurtosis) = Moments(values);
        return [Math.Log(deviation + 1e-4), skewness, Math.Log(kurtosis + 0.1)];
    }

    private static (double Mean, double Deviation, double Skewness, double Kurtosis) Moments(double[] values)
    {
        var mean = values.Average();
        double Moment(int power) => values.Average(value => Math.Pow(value - mean, power));
        var deviation = Math.Sqrt(Moment(2));
        return deviation < 1e-6 ? (mean, 0, 0, 0)
            : (mean, deviation, Moment(3) / Math.Pow(deviation, 3), Moment(4) / Math.Pow(deviation, 4));
    }
}
