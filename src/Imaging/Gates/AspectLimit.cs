namespace Gateway.Imaging.Gates;

/// <summary>One figure within one archive.</summary>
/// <param name="Usual">Mean over the archive.</param>
/// <param name="Limit">A figure above it is held; above <paramref name="Usual"/>.</param>
public sealed record AspectLimit(double Usual, double Limit)
{
    /// <summary>One-sided 0.05 % of a normal distribution.</summary>
    private const double Deviations = 3.29;

    /// <summary>What Student's t adds for few subjects, nearly.</summary>
    private const double ForFewSubjects = 4;

    /// <summary>0 is usual, 1 is the limit.</summary>
    public double Exceedance(double figure) => (figure - Usual) / (Limit - Usual);

    internal static AspectLimit Learn(IReadOnlyList<double> figures, int subjects, double leastSpread)
    {
        var mean = figures.Average();
        var deviation = Math.Max(leastSpread, Math.Sqrt(figures.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, figures.Count - 1)));
        return new(mean, mean + deviation * Deviations * (1 + ForFewSubjects / Math.Max(1, subjects - 1)));
    }
}
