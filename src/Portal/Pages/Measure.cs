using System.Globalization;

namespace Gateway.Portal.Pages;

/// <summary>Figures of a translation for people: names in words, stage times apart.</summary>
internal static class Measure
{
    private const string Seconds = "seconds.";

    private static readonly Dictionary<string, string> Names = new()
    {
        ["nccBefore"] = "Fit before",
        ["nccAfter"] = "Fit after",
        ["chosenSlice"] = "Slice",
        ["gateScore"] = "Gate score (1 is the limit)",
    };

    public static IEnumerable<(string Name, string Value)> Figures(IReadOnlyDictionary<string, double> measures) =>
        from measure in measures
        where !measure.Key.StartsWith(Seconds, StringComparison.Ordinal)
        orderby measure.Key descending
        select (Names.GetValueOrDefault(measure.Key, measure.Key), measure.Value.ToString("0.###", CultureInfo.InvariantCulture));

    /// <summary>Seconds by stage, in the order they were measured.</summary>
    public static IReadOnlyList<(string Stage, string Value)> Times(IReadOnlyDictionary<string, double> measures) =>
    [
        .. from measure in measures
           where measure.Key.StartsWith(Seconds, StringComparison.Ordinal)
           select (measure.Key[Seconds.Length..], measure.Value.ToString("0.00", CultureInfo.InvariantCulture) + " s"),
    ];
}
