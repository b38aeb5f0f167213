namespace Gateway.Persistence;

/// <summary>One figure over all series.</summary>
/// <param name="Measure">Its name, of <see cref="ShadowMeasure"/>.</param>
/// <param name="Series">How many have it.</param>
/// <param name="Champion">The champion's mean; null for a figure between both.</param>
/// <param name="Shadow">The shadow's mean; null for a figure between both.</param>
/// <param name="Mean">Mean of shadow less champion by series, or of the figure between both.</param>
/// <param name="Low">Lower end of its 95 % interval by bootstrap; the mean itself with fewer than two series.</param>
/// <param name="High">Upper end.</param>
public sealed record ShadowComparison(string Measure, int Series, double? Champion, double? Shadow, double Mean, double Low, double High)
{
    private const int Resamples = 2000;

    /// <returns>Null: no series has it.</returns>
    internal static ShadowComparison? OfEach(string measure, IEnumerable<ShadowResult> results)
    {
        List<(double Champion, double Shadow)> both =
        [
            .. results.Where(
                result => result.Measures.ContainsKey(ShadowMeasure.OfChampion(measure))
                    && result.Measures.ContainsKey(ShadowMeasure.OfShadow(measure)))
                .Select(result => (result.Measures[ShadowMeasure.OfChampion(measure)], result.Measures[ShadowMeasure.OfShadow(measure)])),
        ];
        return both.Count == 0 ? null
            : Of(
                measure, [.. both.Select(one => one.Shadow - one.Champion)], both.Average(one => one.Champion),
                both.Average(one => one.Shadow));
    }

    /// <returns>Null: no series has it.</returns>
    internal static ShadowComparison? Between(string measure, IEnumerable<ShadowResult> results)
    {
        double[] values = [.. results.Where(result => result.Measures.ContainsKey(measure)).Select(result => result.Measures[measure])];
        return values.Length == 0 ? null : Of(measure, values, null, null);
    }

    /// <summary>Series are drawn with replacement; the same series give the same interval.</summary>
    private static ShadowComparison Of(string measure, double[] values, double? champion, double? shadow)
    {
        var random = new Random(values.Length);
        double[] means = [
            .. Enumerable.Range(0, Resamples).Select(_ => values.Select(_ => values[random.Next(values.Length)]).Average()).Order()];
        return new(
            measure, values.Length, champion, shadow, values.Average(), means[(int)(0.025 * Resamples)],
            means[(int)(0.975 * Resamples) - 1]);
    }
}
