using System.Globalization;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>The recipes beside each other and beside the trivial methods.</summary>
/// <param name="Results">Of the cells; fewer than there are while it is not done.</param>
/// <param name="Baselines">By direction and name, the error of every slice.</param>
internal sealed record CompareReport(
    TuneSetting Setting, IReadOnlyList<CellResult> Results, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double[]>> Baselines)
{
    private const int Draws = 2000;
    private const double LeastRetrieval = 0.9;

    private static string First => TuneGrid.Compared[0];

    public string Markdown()
    {
        string[] lines =
        [
            "# The recipes compared",
            "",
            .. Setting.Head().Select(line => line + "  "),
            $"Every generator was updated {Setting.Request.Updates} times. `gateway` and the first part of `phantom-anchored` learn from "
                + "pairs, which the report did not have.",
            "",
            $"| | {Columns("error")} | {Columns("retrieval")} | {Columns(Setting.DistanceName)} |",
            "|---|---|---|---|---|---|---|",
            .. TuneGrid.Compared.Where(recipe => Of(recipe).Any()).Select(Row),
            .. Names.Select(name => $"| {name} | {Each(way => TuneSetting.Error([Baselines[way.Name][name].Average()], way))} | | | | |"),
            "",
            $"## {First}, less each of them",
            "",
            $"Mean difference of the error, slice by slice, in brackets 95 % by bootstrap over {Subjects.Distinct().Count()} heads; mean "
                + "over the seeds.",
            "",
            $"| {First} less | {Arrows(" | ")} |",
            "|---|---|---|",
            .. Others().Select(other => $"| {other.Name} | {Each(way => Difference(way, other.Errors(way)))} |"),
            "",
            Verdict(),
            "",
            "## On the way",
            "",
            "Error after a quarter, half, three quarters and all of the steps; mean over the seeds.",
            "",
            $"| | {Arrows(" | ")} |",
            "|---|---|---|",
            .. TuneGrid.Compared.Where(recipe => Of(recipe).Any()).Select(recipe => $"| {recipe} | {Each(way => Curve(recipe, way))} |"),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private IEnumerable<string> Names => Baselines[TuneSetting.Directions[0].Name].Keys;

    private List<string> Subjects => [.. Setting.Data.Tests.Select(pair => pair.Subject)];

    private static string Arrows(string between) => string.Join(between, TuneSetting.Directions.Select(TuneSetting.Arrow));

    private static string Columns(string name) => $"{name} {Arrows($" | {name} ")}";

    private static string Each(Func<Direction, string> cell) => string.Join(" | ", TuneSetting.Directions.Select(cell));

    private IEnumerable<CellResult> Of(string recipe) => Results.Where(result => result.Name == recipe && result.Last is not null);

    private IEnumerable<WayScore> Scores(string recipe, Direction way) => Of(recipe).Select(result => result.Last!.Ways[way.Name]);

    private string Row(string recipe) => $"| `{recipe}` "
        + $"| {Each(way => TuneSetting.Error(Scores(recipe, way).Select(score => score.Mae), way))} "
        + $"| {Each(way => TuneSetting.Mean(Scores(recipe, way).Select(score => score.Retrieval), "F2"))} "
        + $"| {Each(way => TuneSetting.Mean(Scores(recipe, way).Select(score => score.Frechet), "F1"))} |";

    private IEnumerable<(string Name, Func<Direction, double[]> Errors)> Others() =>
    [
        .. TuneGrid.Compared.Skip(1).Where(recipe => Of(recipe).Any())
            .Select(recipe => ($"`{recipe}`", (Func<Direction, double[]>)(way => MeanErrors(recipe, way)))),
        .. Names.Select(name => (name, (Func<Direction, double[]>)(way => Baselines[way.Name][name]))),
    ];

    private double[] MeanErrors(string recipe, Direction way)
    {
        var seeds = Scores(recipe, way).Select(score => score.Errors).ToList();
        return [.. Enumerable.Range(0, Setting.Data.Tests.Count).Select(slice => seeds.Average(errors => errors[slice]))];
    }

    private (double Mean, double Low, double High)? Interval(Direction way, double[] other)
    {
        if (!Of(First).Any())
            return null;
        double[] less = [.. MeanErrors(First, way).Zip(other, (ours, theirs) => ours - theirs)];
        var (low, high) = new Bootstrap(Subjects, Draws, seed: 1).OfMean(less);
        return (less.Average(), low, high);
    }

    private string Difference(Direction way, double[] other)
    {
        var format = ShippedModalities.Table[way.To].IsHounsfield ? "+0.00;-0.00" : "+0.0000;-0.0000";
        return Interval(way, other) is var (mean, low, high) ? $"{Signed(mean)} ({Signed(low)} to {Signed(high)})" : "-";

        string Signed(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private string Verdict()
    {
        if (!Of(First).Any())
            return "Not done yet: the same command goes on.";
        var missed = (
            from other in Others()
            from way in TuneSetting.Directions
            where Interval(way, other.Errors(way)) is not { High: < 0 }
            select $"{other.Name} ({TuneSetting.Arrow(way)})").ToList();
        var retrieval = TuneSetting.Directions.Min(way => Scores(First, way).Average(score => score.Retrieval));
        return (missed.Count == 0 ? $"`{First}` beats all of them in both directions: every interval excludes 0."
            : $"`{First}` does **not** beat {string.Join(", ", missed)} with an interval that excludes 0.")
            + FormattableString.Invariant($" Its retrieval top-1 of {Setting.Data.Tests.Count} is {retrieval:F2} in the worse direction, ")
            + FormattableString.Invariant($"and the aim {LeastRetrieval}: {(retrieval >= LeastRetrieval ? "reached" : "**missed**")}.");
    }

    private string Curve(string recipe, Direction way) => string.Join(
        ", ", Enumerable.Range(0, Of(recipe).Min(result => result.Milestones.Count)).Select(i => TuneSetting.Error(
            [Of(recipe).Average(result => result.Milestones[i].Ways[way.Name].Mae)], way)));
}
