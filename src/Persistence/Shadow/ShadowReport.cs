namespace Gateway.Persistence;

/// <summary>A shadow beside the champion, over all live series that it translated.</summary>
/// <param name="Model">The model; it may be none any more.</param>
/// <param name="Series">Series, each in its latest revision.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last.</param>
/// <param name="Comparisons">By figure; those that no series has are left out.</param>
/// <param name="Worst">The series where the shadow is worst beside the champion, the worst first.</param>
public sealed record ShadowReport(
    Model Model, int Series, DateTimeOffset? First, DateTimeOffset? Last, IReadOnlyList<ShadowComparison> Comparisons,
    IReadOnlyList<ShadowResult> Worst)
{
    /// <summary>So many of the worst are told.</summary>
    public const int Shown = 12;

    internal static ShadowReport Of(Model model, IEnumerable<ShadowResult> rows)
    {
        List<ShadowResult> latest = [
            .. rows.GroupBy(row => row.SeriesId).Select(series => series.MaxBy(row => row.Revision)!).OrderBy(row => row.At)];
        var each = ShadowMeasure.OfEach.Select(measure => ShadowComparison.OfEach(measure, latest));
        var between = ShadowMeasure.Between.Select(measure => ShadowComparison.Between(measure, latest));
        return new(
            model, latest.Count, latest.Count > 0 ? latest[0].At : null, latest.Count > 0 ? latest[^1].At : null,
            [.. each.Concat(between).OfType<ShadowComparison>()],
            [.. latest.OrderByDescending(Worse).ThenBy(row => row.SeriesId).Take(Shown)]);
    }

    /// <summary>How much larger the shadow's cycle error is; where nothing translates back, how far the pictures differ.</summary>
    private static double Worse(ShadowResult row) =>
        row.Measures.TryGetValue(ShadowMeasure.OfShadow(ShadowMeasure.CycleError), out var shadow)
        && row.Measures.TryGetValue(ShadowMeasure.OfChampion(ShadowMeasure.CycleError), out var champion)
            ? shadow - champion
            : row.Measures.GetValueOrDefault(ShadowMeasure.Difference);
}
