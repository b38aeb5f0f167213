namespace Gateway.Persistence;

/// <summary>
/// Population stability index: sum over bins of (p - q) ln(p / q), where p and q are the shares of live and reference values in a bin. Bins
/// are the deciles of the reference; a value that fills a decile is a bin of its own. An empty bin counts as half a value.
/// </summary>
/// <param name="Value">0: the same shares.</param>
/// <param name="Chance">What so few values exceed once in a thousand times although nothing drifts.</param>
/// <param name="Reference">Values of the reference.</param>
/// <param name="Live">Values that are compared with them.</param>
public sealed record StabilityIndex(double Value, double Chance, int Reference, int Live)
{
    private const int Bins = 10;
    private const double OnceInAThousand = 3.0902;    // of the normal distribution

    /// <summary>More than chance, and at least so much.</summary>
    public bool Exceeds(double limit) => Value >= limit && Value > Chance;

    /// <param name="reference">In any order; what is not a number is left out.</param>
    /// <param name="live">The same.</param>
    /// <param name="fewest">With fewer values on either side there is no figure.</param>
    /// <returns>Null: too few values.</returns>
    public static StabilityIndex? Of(IEnumerable<double> reference, IEnumerable<double> live, int fewest)
    {
        double[] expected = [.. reference.Where(double.IsFinite).Order()], seen = [.. live.Where(double.IsFinite)];
        if (expected.Length < Math.Max(fewest, 1) || seen.Length < Math.Max(fewest, 1))
            return null;
        var edges = Edges(expected);
        var (q, p) = (Shares(expected, edges), Shares(seen, edges));
        return new(
            p.Zip(q, (live, usual) => (live - usual) * Math.Log(live / usual)).Sum(),
            ChiSquare(edges.Length) * (1.0 / expected.Length + 1.0 / seen.Length), expected.Length, seen.Length);
    }

    /// <summary>A value belongs to the bin whose lower edge is the last that it reaches.</summary>
    private static double[] Edges(double[] sorted)
    {
        double[] deciles = [.. Enumerable.Range(1, Bins - 1).Select(i => Quantile(sorted, (double)i / Bins))];
        var repeated = deciles.GroupBy(edge => edge).Where(same => same.Count() > 1).Select(same => Math.BitIncrement(same.Key));
        return [.. deciles.Concat(repeated).Distinct().Order()];
    }

    private static double Quantile(double[] sorted, double fraction)
    {
        var rank = fraction * (sorted.Length - 1);
        var below = (int)rank;
        return sorted[below] + (rank - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }

    private static double[] Shares(double[] values, double[] edges)
    {
        var counts = new int[edges.Length + 1];
        foreach (var value in values)
        {
            var at = Array.BinarySearch(edges, value);
            counts[at >= 0 ? at + 1 : ~at]++;
        }
        return [.. counts.Select(count => (count == 0 ? 0.5 : count) / values.Length)];
    }

    /// <summary>Its quantile, as Wilson and Hilferty approximate it: without drift the index is about chi-square times (1/n +
    /// 1/m).</summary>
    private static double ChiSquare(int freedom) =>
        freedom * Math.Pow(1 - 2.0 / (9 * freedom) + OnceInAThousand * Math.Sqrt(2.0 / (9 * freedom)), 3);
}
