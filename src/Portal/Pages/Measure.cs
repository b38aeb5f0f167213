using System.Globalization;
using Gateway.Persistence;

namespace Gateway.Portal.Pages;

/// <summary>Figures of a translation for people: names in words, stage times apart.</summary>
internal static class Measure
{
    private static readonly Dictionary<string, string> Names = new()
    {
        [MeasureName.NccBefore] = "Fit before",
        [MeasureName.NccAfter] = "Fit after",
        [MeasureName.ChosenSlice] = "Slice",
        [MeasureName.GateScore] = "Gate score (1 is the limit)",
        [MeasureName.CycleError] = "Cycle error",
        [MeasureName.GreyOf(5)] = "Grey, 5 %",
        [MeasureName.GreyOf(25)] = "Grey, 25 %",
        [MeasureName.GreyOf(50)] = "Grey, median",
        [MeasureName.GreyOf(75)] = "Grey, 75 %",
        [MeasureName.GreyOf(95)] = "Grey, 95 %",
    };

    public static string NameOf(string measure) => Names.GetValueOrDefault(measure, measure);

    public static IEnumerable<(string Name, string Value)> Figures(IReadOnlyDictionary<string, double> measures) =>
        from measure in measures
        where MeasureName.StageOf(measure.Key) is null
        orderby measure.Key descending
        select (NameOf(measure.Key), measure.Value.ToString("0.###", CultureInfo.InvariantCulture));

    /// <summary>Seconds by stage, in the order they were measured.</summary>
    public static IReadOnlyList<(string Stage, string Value)> Times(IReadOnlyDictionary<string, double> measures) =>
    [
        .. from measure in measures
           let stage = MeasureName.StageOf(measure.Key)
           where stage is not null
           select (stage, measure.Value.ToString("0.00", CultureInfo.InvariantCulture) + " s"),
    ];
}
