namespace Gateway.WholeVolume;

/// <summary>The runs as Markdown.</summary>
internal static class Report
{
    public static string Of(SourceSeries series, IReadOnlyList<VolumeTimes> runs, Machine machine, string load, string commit)
    {
        string[] lines =
        [
            "# Whole volume",
            "",
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {commit}.  ",
            $"{machine.Cores} cores, {machine.Processor}, {machine.Gibibytes:0} GiB, data on {machine.FileSystem}; {machine.Software}.  ",
            $"Load average before {load}, after {Machine.LoadAverage()}; more than {machine.Cores} means that others were computing too.",
            "",
            $"{series.Name}: {series.Size()}, {runs[0].Slices} derived slices; {runs.Count} runs, the first of a new process among them. Seconds.",
            "",
            "| stage | min | median | max |",
            "|---|---|---|---|",
            .. runs[0].Stages.Keys.Select(stage => Row(stage, runs, r => r.Stages[stage])),
            Row("**without inference**", runs, r => r.Whole - r.Inference),
            Row("**with inference**", runs, r => r.Whole),
            Row("CPU seconds", runs, r => r.ProcessorSeconds),
            "",
            $"Most memory resident: {Spread.Of(runs.Select(r => r.PeakMebibytes)).Max:0} MiB.",
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string Row(string name, IReadOnlyList<VolumeTimes> runs, Func<VolumeTimes, double> value) =>
        $"| {name} | {Spread.Of(runs.Select(value)).Cells()} |";
}
