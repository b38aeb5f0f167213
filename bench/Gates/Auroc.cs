namespace Gateway.Gates;

/// <summary>How often a bad series scores above a good one, with the 95 % interval of a stratified bootstrap.</summary>
internal static class Auroc
{
    private const int Resamples = 2000;

    public static string Of(double[] good, double[] bad)
    {
        var random = new Random(1);
        var resampled = Enumerable.Range(0, Resamples).Select(_ => Value(Resample(good, random), Resample(bad, random))).Order().ToArray();
        return FormattableString.Invariant(
            $"{Value(good, bad):0.000} ({resampled[Resamples / 40]:0.000}-{resampled[Resamples - 1 - Resamples / 40]:0.000})");
    }

    private static double Value(double[] good, double[] bad) =>
        bad.Average(b => good.Average(g => b > g ? 1.0 : b < g ? 0 : 0.5));

    private static double[] Resample(double[] values, Random random) => [.. values.Select(_ => values[random.Next(values.Length)])];
}
