using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>What a model did as a shadow. Of the series nothing is told but these figures and pictures.</summary>
/// <param name="Total">How many series it translated beside the champion.</param>
/// <param name="Last">When it did last; null: never.</param>
/// <param name="Figures">Over the newest <see cref="MostSeries"/>, by name.</param>
/// <param name="Sheets">Digests of the newest pictures, newest first.</param>
public sealed record ShadowSummary(int Total, DateTimeOffset? Last, IReadOnlyList<ShadowFigure> Figures, IReadOnlyList<string> Sheets)
{
    public const int MostSeries = 500;

    private const int MostSheets = 6;
    private const string OfShadow = ".shadow";
    private const string OfChampion = ".champion";

    /// <param name="total">Of all.</param>
    /// <param name="newest">Newest first.</param>
    public static ShadowSummary Of(int total, IReadOnlyList<ShadowResult> newest) => new(
        total, newest.Count > 0 ? newest[0].At : null,
        [.. newest.SelectMany(Pairs).GroupBy(pair => pair.Name).OrderBy(figure => figure.Key, StringComparer.Ordinal)
            .Select(
                figure => new ShadowFigure(
                    figure.Key, figure.Average(pair => pair.Shadow), figure.Average(pair => pair.Champion), figure.Count()))],
        [.. newest.Select(result => result.SheetSha256).OfType<string>().Distinct().Take(MostSheets)]);

    private static IEnumerable<(string Name, double Shadow, double Champion)> Pairs(ShadowResult result) =>
        from measure in result.Measures
        where measure.Key.EndsWith(OfShadow, StringComparison.Ordinal) && double.IsFinite(measure.Value)
        let name = measure.Key[..^OfShadow.Length]
        where result.Measures.TryGetValue(name + OfChampion, out var champion) && double.IsFinite(champion)
        select (name, measure.Value, result.Measures[name + OfChampion]);
}
