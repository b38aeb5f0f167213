namespace Gateway.TrainingBench;

/// <summary>The looks as Markdown.</summary>
internal static class MemoryReport
{
    /// <summary>How much more is resident in the last three looks than in the first three, as a share: one look has the noise of an allocator.</summary>
    public static double Drift(IReadOnlyList<MemoryPoint> points) => points.TakeLast(3).Average(p => p.Resident) / points.Take(3).Average(p => p.Resident) - 1;

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
                + $"{run.Options.GeneratorWidth} wide, pictures of {run.Options.FullSize} pixels. The collector runs before each look.",
            "",
            FormattableString.Invariant($"**Drift of the resident memory, native included: {100 * Drift(points):+0.00;-0.00} %** (three last looks to three first)."),
            "",
            "| step | resident, MiB | not of a file, MiB | managed, MiB | tensors alive |",
            "|---|---|---|---|---|",
            .. points.Select(p => FormattableString.Invariant(
                $"| {p.Step} | {p.Resident / 1024.0:0.0} | {p.Anonymous / 1024.0:0.0} | {p.Managed / 1048576.0:0.0} | {p.Tensors} |")),
        ];
        return string.Join('\n', lines) + "\n";
    }
}
