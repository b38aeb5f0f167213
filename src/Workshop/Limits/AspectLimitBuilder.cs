using Gateway.Imaging.Gates;

namespace Gateway.Workshop.Limits;

/// <summary>Computes how far a figure may differ from those of an archive.</summary>
internal static class AspectLimitBuilder
{
    /// <summary>Corresponds to one-sided 0.05 % of a normal distribution.</summary>
    private const double Deviations = 3.29;

    /// <summary>Approximates what Student's t adds for few subjects.</summary>
    private const double ForFewSubjects = 4;

    /// <summary>Only figures worse than the median count for the spread, because some very good series in an archive must not let bad ones
    /// pass.</summary>
    public static AspectLimit Build(IReadOnlyList<double> figures, int subjects, double leastSpread)
    {
        var sorted = figures.Order().ToArray();
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        var worse = sorted.Where(value => value > median).ToArray();
        var deviation = Math.Max(
            leastSpread, Math.Sqrt(worse.Sum(value => (value - median) * (value - median)) / Math.Max(1, worse.Length)));
        return new(median, median + deviation * Deviations * (1 + ForFewSubjects / Math.Max(1, subjects - 1)));
    }
}
