namespace Gateway.TrainingBench;

/// <summary>The looks as Markdown.</summary>
internal static class MemoryReport
{
    /// <summary>How much more is resident in the last third of the looks than in the first, as a share, by their medians.</summary>
    public static double Drift(IReadOnlyList<MemoryPoint> points)
    {
        var resident = points.Select(point => (double)point.Resident).ToList();
        var third = Math.Max(1, resident.Count / 3);
        return Spread.Of(resident.TakeLast(third)).Median / Spread.Of(resident.Take(third)).Median - 1;
    }

    public static string Of(IReadOnlyList<MemoryPoint> points, MemoryRun run, Machine machine, string load, string commit)
    {
        string[] lines =
        [
            "# Memory of training",
            "",
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {commit}.  ",
            $"{machine.Cores} cores, {machine.Processor}, {machine.Gibibytes:0} GiB; {machine.Software}.  ",
            $"Load average before {load}, after {Machine.LoadAverage()}.",
            "",
            $"{points[^1].Step - points[0].Step} steps of the adversarial stage after {MemoryRun.WarmUp} of each stage, with sheets, scores and checkpoints; generators "
                + $"{run.Options.GeneratorWidth} wide, pictures of {run.Options.FullSize} pixels. Before each look the collector runs and the allocator gives back what it can.",
            "",
            FormattableString.Invariant(
                $"**Drift of the resident memory, native included: {100 * Drift(points):+0.00;-0.00} %** (medians of the last and the first third of the looks)."),
            "",
            "| step | resident, MiB | not of a file, MiB | managed, MiB | tensors alive |",
            "|---|---|---|---|---|",
            .. points.Select(p => FormattableString.Invariant(
                $"| {p.Step} | {p.Resident / 1024.0:0.0} | {p.Anonymous / 1024.0:0.0} | {p.Managed / 1048576.0:0.0} | {p.Tensors} |")),
        ];
        return string.Join('\n', lines) + "\n";
    }
}
