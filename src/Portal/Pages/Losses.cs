using Gateway.Persistence;

namespace Gateway.Portal.Pages;

/// <summary>The figures of a training run as charts. A name is a figure and, after a dot, what it is of: <c>cycle.ct</c>.</summary>
internal static class Losses
{
    private const string AccuracyName = "accuracy";

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["adv"] = "Adversarial loss", ["cycle"] = "Cycle loss", ["mind"] = "Structure loss", ["air"] = "Background loss",
        ["same"] = "Identity loss",
        ["anchor"] = "Phantom anchor", ["d"] = "Discriminator loss", [AccuracyName] = "Discriminator accuracy",
    };

    /// <summary>The accuracy first, which tells most; then by name.</summary>
    public static IReadOnlyList<(string Name, string Title, IReadOnlyList<Curve> Curves)> Charts(IReadOnlyList<TrainingPoint> points) =>
    [
        .. points.SelectMany(point => point.Losses.Keys).Distinct().GroupBy(Figure)
            .Select(figure => (figure.Key, Titles.GetValueOrDefault(figure.Key, figure.Key), Curves: Curves(figure, points)))
            .Where(chart => chart.Curves.Count > 0)
            .OrderByDescending(chart => IsAccuracy(chart.Key)).ThenBy(chart => chart.Key, StringComparer.Ordinal),
    ];

    /// <summary>Seconds a step.</summary>
    public static IReadOnlyList<Curve> Pace(IReadOnlyList<TrainingPoint> points) =>
        [new("seconds a step", [.. points.Select(point => (point.Step, point.SecondsPerStep))])];

    public static bool IsAccuracy(string figure) => figure == AccuracyName;

    /// <summary>Mean over the discriminators, from 0 to 1; null where none was measured.</summary>
    public static double? Accuracy(TrainingPoint point)
    {
        var all = point.Losses.Where(loss => IsAccuracy(Figure(loss.Key)) && double.IsFinite(loss.Value))
            .Select(loss => loss.Value).ToList();
        return all.Count == 0 ? null : all.Average();
    }

    private static string Figure(string name) => name.Split('.')[0];

    private static List<Curve> Curves(IEnumerable<string> names, IReadOnlyList<TrainingPoint> points) =>
    [
        .. from name in names.Order(StringComparer.Ordinal)
           let curve = new Curve(
               name.Contains('.', StringComparison.Ordinal) ? name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..] : name,
               [.. points.Where(point => point.Losses.TryGetValue(name, out var value) && double.IsFinite(value))
                   .Select(point => (point.Step, point.Losses[name]))])
           where curve.Points.Count > 0
           select curve,
    ];
}
