using Gateway.TrainingWorker.Training;
using static System.FormattableString;

namespace Gateway.TrainingBench;

/// <summary>The parts of a step as Markdown.</summary>
internal static class StepReport
{
    /// <summary>Runs the recipe <c>gateway</c> in both precisions.</summary>
    /// <param name="folder">Receives pictures.</param>
    public static string Of(TemporaryFolder folder, int rounds, int width, int crop, string commit)
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
        var coarse = StepTime.Of(options with { BFloat16 = true }, rounds, data);
        var fine = StepTime.Of(options with { BFloat16 = false }, rounds, data);
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
                + $"Processor time in ms, medians of {rounds} rounds in which all parts take turns.",
            "",
            "| part | bfloat16 | float32 |",
            "|---|---|---|",
            .. coarse.Milliseconds.Keys.Select(part => Invariant($"| {part} | {coarse[part]:0} | {fine[part]:0} |")),
            "",
            Line("Step over convolutions", coarse, fine, StepParts.Step, StepParts.Convolutions),
            "",
            Line("SSIM by convolutions of one channel over SSIM as it is", coarse, fine, StepParts.SsimByOne, StepParts.Ssim),
            "",
            Line("Network with channels not last over channels last", coarse, fine, StepParts.RowsFirst, StepParts.Network),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string Line(string what, StepTime coarse, StepTime fine, string part, string other) =>
        Invariant($"**{what}: {coarse.Over(part, other):0.00} in bfloat16, {fine.Over(part, other):0.00} in float32.**");
}
