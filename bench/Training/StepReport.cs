using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingBench;

/// <summary>The parts of a step as Markdown.</summary>
internal static class StepReport
{
    /// <summary>Runs the recipe <c>gateway</c> in both precisions.</summary>
    /// <param name="folder">Receives pictures.</param>
    public static string Of(TemporaryFolder folder, int repeats, int width, int crop, string commit)
    {
        var data = Heads.Data(folder.Sub("pictures"));
        var load = Machine.LoadAverage();
        var options = RecipeFile.Shipped("gateway") with
        {
            Only = "t2-ct",
            GeneratorWidth = width,
            CropSize = crop,
            StepsSmall = 0,
            PairedWeights = [],
            FreezeStatisticsAt = 1,
        };
        var coarse = new StepTime(options with { BFloat16 = true }, repeats).Run(data);
        var fine = new StepTime(options with { BFloat16 = false }, repeats).Run(data);
        var machine = Machine.Here(folder.Path);
        string[] lines =
        [
            "# A step of training",
            "",
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {commit}.  ",
            $"{machine.Cores} cores, {machine.Processor}, {machine.Gibibytes:0} GiB; {machine.Software}.  ",
            $"Load average before {load}, after {Machine.LoadAverage()}.",
            "",
            $"One step of the recipe `gateway` on pairs: {options.BatchFull} crops of {crop} pixels, width {width}, one thread. "
                + $"Processor time in ms, the least of {repeats}.",
            "",
            "| part | bfloat16 | float32 |",
            "|---|---|---|",
            .. coarse.Zip(fine, (a, b) => FormattableString.Invariant($"| {a.Part} | {a.Milliseconds:0} | {b.Milliseconds:0} |")),
            "",
            FormattableString.Invariant($"**Step over convolutions: {Ratio(coarse):0.00} in bfloat16, {Ratio(fine):0.00} in float32.**"),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static double Ratio(IReadOnlyList<(string Part, double Milliseconds)> parts) => parts[0].Milliseconds / parts[1].Milliseconds;
}
