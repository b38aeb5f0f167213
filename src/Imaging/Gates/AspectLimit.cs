namespace Gateway.Imaging.Gates;

/// <summary>One figure within one archive.</summary>
/// <param name="Usual">Median over the archive.</param>
/// <param name="Limit">A figure above it is held; above <paramref name="Usual"/>.</param>
public sealed record AspectLimit(double Usual, double Limit)
{
    /// <summary>One-sided 0.05 % of a normal distribution.</summary>
    private const double Deviations = 3.29;

    /// <summary>What Student's t adds for few subjects, nearly.</summary>
    private const double ForFewSubjects = 4;

    /// <summary>0 is usual, 1 is the limit.</summary>
    public double Exceedance(double figure) => (figure - Usual) / (Limit - Usual);

    /// <summary>Only figures worse than the median make the spread: an archive with some very good series must not let bad ones pass.</summary>
    internal static AspectLimit Learn(IReadOnlyList<double> figures, int subjects, double leastSpread)
    {
        var sorted = figures.Order().ToArray();
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        var worse = sorted.Where(value => value > median).ToArray();
        var deviation = Math.Max(leastSpread, Math.Sqrt(worse.Sum(value => (value - median) * (value - median)) / Math.Max(1, worse.Length)));
        return new(median, median + deviation * Deviations * (1 + ForFewSubjects / Math.Max(1, subjects - 1)));
    }
}
