using Gateway.Imaging.Gates;

namespace Gateway.Workshop.Limits;

/// <summary>Computes how far a figure may differ from those of an archive.</summary>
internal static class AspectLimitBuilder
{
    /// <summary>Corresponds to one-sided 0.016 % of a normal distribution.</summary>
    private const double Deviations = 3.6;

    /// <summary>Approximates what Student's t adds for few subjects.</summary>
    private const double ForFewSubjects = 1;

    /// <summary>What few scans in a hundred exceed may be their own fault.</summary>
    private const double Good = 0.99;

    /// <summary>Beyond what was seen: this share of the way from the median, and more for few subjects.</summary>
    private const double Beyond = 0.2;

    /// <summary>For figures that are nearly normally distributed. Only figures worse than the median count for the spread, because some
    /// very good series in an archive must not let bad ones pass.</summary>
    public static AspectLimit Build(IReadOnlyList<double> figures, int subjects, double leastSpread)
    {
        var sorted = figures.Order().ToArray();
        var median = Quantile(sorted, 0.5);
        var worse = sorted.Where(value => value > median).ToArray();
        var deviation = Math.Max(
            leastSpread, Math.Sqrt(worse.Sum(value => (value - median) * (value - median)) / Math.Max(1, worse.Length)));
        return new(median, median + deviation * Deviations * (1 + ForFewSubjects / Math.Max(1, subjects - 1)));
    }

    /// <summary>For figures whose spread is that of protocols: coverage, slice distance, pose. The limit lies a margin beyond nearly all
    /// that was seen.</summary>
    public static AspectLimit Reach(IReadOnlyList<double> figures, int subjects, double leastSpread)
    {
        var sorted = figures.Order().ToArray();
        var (median, good) = (Quantile(sorted, 0.5), Quantile(sorted, Good));
        return new(median, good + leastSpread + (good - median) * (Beyond + 2.0 / subjects));
    }

    private static double Quantile(double[] sorted, double part)
    {
        var rank = part * (sorted.Length - 1);
        var (low, high) = (sorted[(int)rank], sorted[Math.Min(sorted.Length - 1, (int)rank + 1)]);
        return low + (rank - (int)rank) * (high - low);
    }
}
