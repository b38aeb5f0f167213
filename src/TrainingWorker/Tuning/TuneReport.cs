using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>The tables of a tuning: the report's three, and what led there.</summary>
/// <param name="Results">Of the ablation; fewer than there are cells while it is not done.</param>
internal sealed record TuneReport(TuneSetting Setting, IReadOnlyList<CellResult> Results)
{
    /// <summary>On all images; null while it is not done.</summary>
    public CellResult? Winner { get; init; }

    /// <summary>The row that the report's authors would have gone on with: fewest seeds collapsed, then the least error against the truth,
    /// which they did not have. Null before there is one.</summary>
    public string? Best => Rows.Where(row => row.All(result => result.Last is not null))
        .OrderBy(row => row.Count(IsCollapsed)).ThenBy(row => row.Average(Error)).FirstOrDefault()?.Key;

    private IEnumerable<IGrouping<string, CellResult>> Rows => Results.GroupBy(result => result.Name);

    public string Markdown()
    {
        List<string> lines = ["# Tuning the report's recipe", "", .. Setting.Head().Select(line => line + "  "), ""];
        lines.AddRange([$"## What the report tuned, on {Setting.Request.Limit} images a modality", "", .. Ablation(), ""]);
        lines.AddRange(["## Where it collapses", "", .. Collapse(), ""]);
        if (Best is { } best)
        {
            lines.AddRange([$"The best row is *{best}*: fewest seeds collapsed, then least error against the truth.", ""]);
            lines.AddRange(Table(1, $"trained on {Setting.Request.Limit} images", Rows.First(row => row.Key == best).Select(r => r.Last!)));
        }
        if (Winner is { } winner)
            foreach (var (reached, i) in winner.Milestones.Select((reached, i) => (reached, i)))
                lines.AddRange(Table(i + 2, FormattableString.Invariant(
                    $"trained on the whole dataset ({Setting.Images}) on {reached.Epochs:0} epochs"), [reached]));
        if (Winner is null)
            lines.Add("Not done yet: the same command goes on.");
        return string.Join('\n', lines) + "\n";
    }

    private IEnumerable<string> Ablation()
    {
        yield return $"| | k | rates | weights: cycle, features, style | {Columns(Setting.DistanceName)} "
            + $"| {Columns("SSIM of the cycle")} | {Columns("retrieval")} | {Columns("error")} | D right, T2 / CT | s |";
        yield return $"|---|---|---|---|{string.Concat(Enumerable.Repeat("---|", 10))}";
        foreach (var row in Rows)
        {
            var options = row.First().Options;
            yield return $"| {row.Key} | {options.GeneratorStepsPerDiscriminator} "
                + FormattableString.Invariant($"| {options.GeneratorRate}, {options.DiscriminatorRate} | {Weights(options)} ")
                + $"| {Cells(row, score => score.Frechet, "F1")} | {Cells(row, score => score.Ssim, "F3")} "
                + $"| {Cells(row, score => score.Retrieval, "F2")} | {Errors(row)} "
                + $"| {Accuracy(row, "t2")} / {Accuracy(row, "ct")} | {TuneSetting.Mean([row.Average(result => result.Seconds)], "F0")} |";
        }
    }

    private IEnumerable<string> Collapse()
    {
        yield return $"A seed has collapsed if less than a tenth of {Setting.Data.Tests.Count} translations is nearest to its own source, "
            + "or translations differ by less than 0.3 of what true pictures do. SSIM against the truth does not see it.";
        yield return "";
        yield return $"| cycle | seeds collapsed | {Columns("retrieval")} | {Columns("spread")} | {Columns("SSIM to the truth")} |";
        yield return "|---|---|---|---|---|---|---|---|";
        foreach (var name in (string[])[TuneGrid.Mse, TuneGrid.Ssim, TuneGrid.Reported, TuneGrid.Style])
            if (Rows.FirstOrDefault(row => row.Key == name) is { } row)
                yield return $"| {(name == TuneGrid.Reported ? "1 - SSIM and features (as reported)" : name)} "
                    + $"| {row.Count(IsCollapsed)} of {row.Count()} | {Cells(row, score => score.Retrieval, "F2")} "
                    + $"| {Cells(row, score => score.Spread, "F2")} | {Cells(row, score => score.SsimToTruth, "F3")} |";
    }

    private List<string> Table(int number, string what, IEnumerable<Milestone> reached)
    {
        var all = reached.ToList();
        return
        [
            $"**Table {number}.** Result for our model {what}",
            "",
            $"| | {string.Join(" | ", TuneSetting.Directions.Select(TuneSetting.Arrow))} |",
            "|---|---|---|",
            $"| {Setting.DistanceName} | {Of(score => score.Frechet, "F2")} |",
            $"| of real ones to each other | {Of(score => score.FrechetFloor, "F2")} |",
            $"| SSIM | {Of(score => score.Ssim, "F3")} |",
            $"| SSIM, disturbed | {Of(score => score.SsimDisturbed, "F3")} |",
            $"| retrieval | {Of(score => score.Retrieval, "F2")} |",
            $"| error against the truth | {string.Join(" | ", TuneSetting.Directions.Select(direction => TuneSetting.Error(
                all.Select(one => one.Ways[direction.Name].Mae), direction)))} |",
            "",
        ];

        string Of(Func<WayScore, double> figure, string format) => string.Join(" | ", TuneSetting.Directions.Select(
            direction => TuneSetting.Mean(all.Select(one => figure(one.Ways[direction.Name])), format)));
    }

    private static string Columns(string name) =>
        string.Join(" | ", TuneSetting.Directions.Select(way => $"{name} {TuneSetting.Arrow(way)}"));

    private static string Cells(IEnumerable<CellResult> row, Func<WayScore, double> figure, string format) => string.Join(
        " | ", TuneSetting.Directions.Select(direction => TuneSetting.Mean(Scores(row, direction).Select(figure), format)));

    private static string Errors(IEnumerable<CellResult> row) => string.Join(
        " | ", TuneSetting.Directions.Select(way => TuneSetting.Error(Scores(row, way).Select(score => score.Mae), way)));

    private static IEnumerable<WayScore> Scores(IEnumerable<CellResult> row, Direction direction) =>
        row.Select(result => result.Last?.Ways[direction.Name]).OfType<WayScore>();

    private static string Weights(TrainingOptions options) => FormattableString.Invariant(
        $"{options.CycleWeight}, {options.Perceptual?.Weight ?? 0}, {options.Perceptual?.Style ?? 0}");

    private static string Accuracy(IEnumerable<CellResult> row, string made) =>
        TuneSetting.Mean([row.Average(result => result.Accuracy.GetValueOrDefault(made, 0.5))], "F2");

    private static bool IsCollapsed(CellResult result) => result.Last?.Ways.Values.Any(score => score.Collapsed) != false;

    // Shares of the range, so that HU and grey can be added.
    private double Error(CellResult result) => TuneSetting.Directions.Average(direction =>
        result.Last!.Ways[direction.Name].Mae / (ShippedModalities.Table[direction.To].IsHounsfield ? Setting.Data.Window.Width : 1));
}
