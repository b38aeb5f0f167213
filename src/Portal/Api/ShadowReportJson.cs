using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>How a model did as a shadow, as the API answers it.</summary>
internal sealed record ShadowReportJson(
    string Digest, string Direction, string State, int Series, DateTimeOffset? First, DateTimeOffset? Last,
    IReadOnlyList<ShadowComparison> Figures, IReadOnlyList<ShadowReportJson.CaseJson> Worst)
{
    public static ShadowReportJson Of(ShadowReport report) => new(
        report.Model.Digest, report.Model.Direction, report.Model.State.Word(), report.Series, report.First, report.Last,
        report.Comparisons,
        [.. report.Worst.Select(
            row => new CaseJson(
                row.SeriesId, row.Revision, row.At, row.ChampionDigest, row.Measures,
                row.SheetSha256 is { } sheet ? Links.SheetPicture(sheet) : null))]);

    internal sealed record CaseJson(
        Guid SeriesId, int Revision, DateTimeOffset At, string Champion, IReadOnlyDictionary<string, double> Measures, string? Sheet);
}
