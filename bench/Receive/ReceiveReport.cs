namespace Gateway.Receive;

/// <summary>A run as Markdown.</summary>
internal static class ReceiveReport
{
    public static string Of(ReceiveResult run, string commit)
    {
        var machine = run.Machine;
        string[] lines =
        [
            "# Receive",
            "",
            $"{run.StartedAt:yyyy-MM-dd HH:mm} UTC, commit {commit}, {run.Seconds / 60:0} minutes.  ",
            $"{machine.Cores} cores, {machine.Processor}, {machine.Gibibytes:0} GiB, data on {machine.FileSystem}; {machine.Software}.  ",
            $"Load average before {run.Load.Before}, after {run.Load.After}. "
                + $"Other work took {Spread.Of(run.Cells.SelectMany(cell => cell.Passes.Values).SelectMany(p => p).Select(p => p.Foreign)).Median:P0}"
                + " of the machine during the median pass.",
            "",
            .. run.Cells.SelectMany(Table),
            .. Targets.Of(run),
            "",
            .. Memory(run),
            "",
            .. Nagle(run),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Table(Cell cell)
    {
        yield return $"**{cell.Workload.Files.Count} {cell.Workload.Name} of {cell.Workload.BytesEach / 1_000} KB, {cell.Sender.Name}, "
            + $"{cell.Associations} associations** (SHA-256 of one: {Spread.Of(cell.Sha256).Median:0.00} ms)";
        yield return "";
        yield return "| receiver | instances/s | MB/s | CPU ms/instance | peak MiB | other work |";
        yield return "|---|---|---|---|---|---|";
        foreach (var name in cell.Passes.Keys)
        {
            var figures = cell.Of(name)!;
            yield return $"| {name} | {figures.Rate:0} | {figures.Rate * cell.Workload.BytesEach / 1e6:0} | {figures.Milliseconds:0.00} "
                + $"| {figures.PeakMebibytes:0} | {figures.Foreign:P0} |";
        }

        yield return "";
    }

    private static IEnumerable<string> Memory(ReceiveResult run)
    {
        yield return "| memory, MiB resident | idle | peak at the most associations | peak during one object of 2 GB | its seconds |";
        yield return "|---|---|---|---|---|";
        foreach (var (name, pass) in run.Memory)
        {
            var peak = run.Cells.Where(cell => cell.Associations == run.Cells.Max(c => c.Associations))
                .Max(cell => cell.Of(name)!.PeakMebibytes);
            yield return $"| {name} | {run.Idle[name]:0} | {peak:0} | {pass.PeakMebibytes:0} | {pass.Seconds:0.0} |";
        }
    }

    private static IEnumerable<string> Nagle(ReceiveResult run)
    {
        yield return "Debian's programs as installed, Nagle's algorithm on, one association:";
        yield return "";
        yield return "| images | sender | receiver | ms/instance: min | median | max | instances/s |";
        yield return "|---|---|---|---|---|---|---|";
        foreach (var figure in run.Nagle)
            yield return $"| {figure.Workload} | {figure.Sender} | {figure.Receiver} | {figure.Milliseconds.Cells()} | {1_000 / figure.Milliseconds.Median:0} |";
    }
}
