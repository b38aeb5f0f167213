namespace Gateway.Gates;

/// <summary>A share with Wilson's 95 % interval.</summary>
internal readonly record struct Proportion(int Count, int Of)
{
    public override string ToString()
    {
        const double z = 1.96;
        var (p, n) = ((double)Count / Of, (double)Of);
        var middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        var reach = z / (1 + z * z / n) * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        return FormattableString.Invariant(
            $"{Count}/{Of} = {100 * p:0.0} % ({100 * Math.Max(0, middle - reach):0.0}-{100 * Math.Min(1, middle + reach):0.0})");
    }
}
