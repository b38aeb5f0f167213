namespace Gateway.Worklist;

/// <summary>The runs as Markdown.</summary>
internal static class Report
{
    public static string Of(IReadOnlyList<Measured> runs, int requests, Machine machine, string load, string commit)
    {
        string[] lines =
        [
            "# Worklist",
            "",
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {commit}.  ",
            $"{machine.Cores} cores, {machine.Processor}, {machine.Gibibytes:0} GiB, data on {machine.FileSystem}; {machine.Software}.  ",
            $"Load average before {load}, after {Machine.LoadAverage()}; more than {machine.Cores} means that others were computing too.",
            "",
            $"Milliseconds from a request to the end of its answer: p50, p95 of {requests} requests.",
            "",
            "| list | " + string.Join(" | ", runs.Select(run => $"{run.Provider}, {run.Studies:#,0}")) + " |",
            "|---|" + string.Concat(Enumerable.Repeat("---|", runs.Count)),
            .. runs[0].Lists.Select((list, i) => $"| {list.Name} | " + string.Join(" | ", runs.Select(run => Cell(run.Lists[i]))) + " |"),
            $"| **worst p95** | " + string.Join(" | ", runs.Select(run => $"**{run.Lists.Max(list => list.Percentile(95)):0.0}**")) + " |",
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string Cell(Asked list) => $"{list.Percentile(50):0.0}, {list.Percentile(95):0.0}";
}
