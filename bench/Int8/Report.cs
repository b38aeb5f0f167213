using System.Globalization;
using static System.FormattableString;

namespace Gateway.Int8;

/// <summary>Both directions as Markdown.</summary>
internal static class Report
{
    public static string Of(IReadOnlyList<Result> results, Machine machine, string load, string commit)
    {
        var (slices, first) = (results[0].Copy.Slices.Count, results[0].Facts);
        string[] lines =
        [
            "# Inference in 8 bits",
            "",
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {commit}.  ",
            $"{machine.Cores} cores, {machine.Processor}, {machine.Gibibytes:0} GiB; {machine.Software}.  ",
            $"Load average before {load}, after {Machine.LoadAverage()}; more than {machine.Cores} means that others were computing too: "
                + "then only ratios and processor time say something.",
            "",
            $"The generators {first.Name} {first.Version} beside the copy of each that `gateway quantise` makes: weights int8, symmetric, "
                + "a scale an output channel; pictures uint8, a scale each, "
                + $"found on {(slices + 1) / 2} slices of phantoms; the first and the last three convolutions in float32. "
                + "ONNX Runtime as the translator opens it, both in one process, slice by slice in turns. "
                + $"Judged on {slices} ill phantoms of other seeds.",
            "",
            "| direction | threads | | ms a slice: min | median | max | processor ms, median |",
            "|---|---|---|---|---|---|---|",
            .. results.SelectMany(result => result.Paces.SelectMany(pace => Rows(result, pace))),
            "",
            "| direction | threads | times as fast | times less processor time |",
            "|---|---|---|---|",
            .. results.SelectMany(result => result.Paces.Select(pace =>
                Invariant($"| {result.Facts.Direction} | {pace.Threads} | {pace.Faster:0.00} | {pace.FasterByProcessor:0.00} |"))),
            "",
            "Against the truth, in the head (HU for CT, shares of the range of grey for T2), and the files' sizes:",
            "",
            "| direction | error float32 | int8 | SSIM float32 | int8 | findings | MB | int8 |",
            "|---|---|---|---|---|---|---|---|",
            .. results.Select(Row),
            "",
            "## Gate",
            .. results.SelectMany(Gates),
            "",
            results.All(result => result.Gates.All(gate => gate.Holds)) ? "**It passes.**" : "**It does not pass.**",
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Rows(Result result, Pace pace)
    {
        foreach (var (name, took) in new[] { ("float32", pace.Full), ("int8", pace.Coarse) })
        {
            var wall = Spread.Of(took.Select(one => one.Wall));
            var processor = Spread.Of(took.Select(one => one.Processor)).Median;
            yield return Invariant(
                $"| {result.Facts.Direction} | {pace.Threads} | {name} | {wall.Min:0} | {wall.Median:0} | {wall.Max:0} | {processor:0} |");
        }
    }

    private static string Row(Result result)
    {
        var slices = result.Copy.Slices;
        var digits = result.Target.IsHounsfield ? "0.00" : "0.0000";
        string Error(double value) => value.ToString(digits, CultureInfo.InvariantCulture);
        return $"| {result.Facts.Direction} | {Error(slices.Average(one => one.Float32.Mae))} | "
            + $"{Error(slices.Average(one => one.Int8.Mae))} | "
            + Invariant($"{slices.Average(one => one.Float32.SsimInside):0.000} | {slices.Average(one => one.Int8.SsimInside):0.000} | ")
            + Invariant($"{slices.Sum(one => one.Contrasts.Count)} | {result.FullBytes / 1e6:0.0} | {result.Copy.File.Length / 1e6:0.0} |");
    }

    private static IEnumerable<string> Gates(Result result) =>
    [
        "",
        $"{result.Facts.Direction}:",
        "",
        "| what | measured | limit | |",
        "|---|---|---|---|",
        .. result.Gates.Select(gate => Invariant($"| {gate.What} | {gate.Value:0.0000} | {(gate.AtLeast ? "at least" : "at most")} ")
            + Invariant($"{gate.Limit:0.0000} | {(gate.Holds ? "holds" : "**misses**")} |")),
    ];
}
