using System.Globalization;

namespace Gateway.RegistrationBench;

/// <summary>A run as Markdown.</summary>
internal static class Report
{
    public static string Of(RegistrationResult result, string commit)
    {
        string[] lines =
        [
            "# Registration of slices",
            "",
            $"{result.StartedAt:yyyy-MM-dd HH:mm} UTC, commit {commit}; {result.Machine.Cores} cores, {result.Machine.Processor}; load {result.Load.Before} before, {result.Load.After} after."
                + " One thread each, 256 x 256 pixels of 1 mm, head slices. What peers found in the same folder before is used again, with the seconds it took then.",
            "",
            "`phantom` and `real`: a slice and itself under a known affine map and a smooth diffeomorphism of up to 12 mm, with gamma, a bias field and noise; `T2-to-reference`,"
                + " `Ct-to-reference`: real slices onto the shipped reference brains. TRE: mean distance from the truth over the fixed head, median of the pairs (worst pair), mm; TRE 95:"
                + " what 95 % of a head's pixels keep, median (worst). SSIM over the fixed head, mean. J: least and largest change of area over the fixed head, of all pairs."
                + " Inverse: mean distance after there and back over the moving head, worst pair; elastix gives no inverse.",
            "",
            .. result.Scores.GroupBy(score => score.Pair.Group).SelectMany(Group),
            "## Where our time goes",
            "",
            "| preset | linear, ms | deformable, ms | inverse, ms |",
            "|---|---|---|---|",
            .. result.Stages.Select(
                stage => Text(
                    $"| {stage.Key} | {1000 * stage.Value.Linear:0} | {1000 * stage.Value.Deformable:0} | {1000 * stage.Value.Inverse:0} |")),
            "",
            "## There and back with the identity in the model's place",
            "",
            "Inside the head less 6 mm. Plain: the same slice, bilinear, onto a straight grid of 256 x 256 pixels of 1 mm and back, half a pixel off where its own are 1 mm.",
            "",
            "| slice | mean error, linear | deformable | 99 %, linear | deformable | plain | linear / plain | deformable / plain |",
            "|---|---|---|---|---|---|---|---|",
            .. result.RoundTrips.GroupBy(trip => trip.Name)
                .Select(trip => RoundTrip(trip.Key, trip.First(t => !t.Deform), trip.First(t => t.Deform))),
            "",
            "## What the shipped generators make of it",
            "",
            "Ten digital heads, whose other modality is known; errors inside the head on the patient's grid.",
            "",
            "| from | registration | mean absolute error | correlation |",
            "|---|---|---|---|",
            .. result.Translations.Select(
                t => Text(
                    $"| {t.From} | {(t.Deform ? "deformable" : "linear")} | {t.Mae:0.000}{(ShippedModalities.Table[t.To].IsHounsfield ? " HU" : " of the range")} | {t.Ncc:0.000} |")),
            "",
            "## Inner loops",
            "",
            Text(
                $"One core: {result.Kernels.Memory:0.0} GB/s (triad over arrays that leave the caches), {result.Kernels.Cache:0.0} GB/s (over three of 128 KiB), {result.Kernels.Peak:0} GFLOP/s (8-wide fused multiply-add).")
                + " A plane is 256 KiB: loops live in the second cache. Bytes and FLOPs counted by hand in `bench/Registration/KernelCosts.cs`.",
            "",
            "| loop | ms | bytes a pixel | GB/s | of the cache's | FLOP a pixel | GFLOP/s | of the peak |",
            "|---|---|---|---|---|---|---|---|",
            .. result.Kernels.Loops.Select(loop => Loop(loop, result.Kernels)),
            "",
            "## Every pair",
            "",
            "| pair | by | TRE | TRE 95 | SSIM | folded | least J | largest J | inverse | seconds |",
            "|---|---|---|---|---|---|---|---|---|---|",
            .. result.Scores.OrderBy(score => score.Pair.Group).ThenBy(score => score.Pair.Name, StringComparer.Ordinal).Select(Row),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Group(IGrouping<string, PairScores> group) =>
    [
        $"## {group.Key}, {group.Select(score => score.Pair.Name).Distinct().Count()} pairs",
        "",
        "| by | pairs | TRE | TRE 95 | SSIM | folded at most | J | inverse | seconds, median (longest) |",
        "|---|---|---|---|---|---|---|---|---|",
        .. group.GroupBy(score => score.Program).Select(program => Summary(program.Key, [.. program])),
        "",
    ];

    private static string Summary(string program, PairScores[] scores)
    {
        var seconds = Spread.Of(scores.Select(s => s.Seconds));
        return Text(
            $"| {program} | {scores.Length} | {Worst(scores, s => s.Tre)} | {Worst(scores, s => s.Tre95)} | {scores.Average(s => s.Ssim):0.000} | {scores.Max(s => s.Folds):0.00 %}")
            + Text(
                $" | {scores.Min(s => s.LeastJacobian):0.00} to {scores.Max(s => s.MostJacobian):0.00} | {Figure(scores.Max(s => s.InverseError), "0.0000")} | {seconds.Median:0.000} ({seconds.Max:0.000}) |");
    }

    private static string Worst(PairScores[] scores, Func<PairScores, double> of)
    {
        var spread = Spread.Of(scores.Select(of));
        return double.IsNaN(spread.Median) ? "-" : Text($"{spread.Median:0.00} ({spread.Max:0.00})");
    }

    private static string Row(PairScores s) => Text(
        $"| {s.Pair.Name} | {s.Program} | {Figure(s.Tre, "0.00")} | {Figure(s.Tre95, "0.00")} | {s.Ssim:0.000} | {s.Folds:0.00 %} | {s.LeastJacobian:0.00} | {s.MostJacobian:0.00} | {Figure(s.InverseError, "0.0000")} | {s.Seconds:0.000} |");

    private static string RoundTrip(string name, RoundTripLoss linear, RoundTripLoss deformable) => Text(
        $"| {name} | {linear.Mean:0.00} | {deformable.Mean:0.00} | {linear.Percentile99:0.0} | {deformable.Percentile99:0.0} | {linear.Plain:0.00} | {linear.Mean / linear.Plain:0.00} | {deformable.Mean / deformable.Plain:0.00} |");

    private static string Loop(KernelCost loop, KernelCosts limits)
    {
        const int pixels = Reference.Side * Reference.Side;
        var (bytes, flops) = (1e-9 * loop.Bytes * pixels / loop.Seconds, 1e-9 * loop.Flops * pixels / loop.Seconds);
        return Text(
            $"| {loop.Name} | {1000 * loop.Seconds:0.00} | {loop.Bytes:0} | {bytes:0.0} | {bytes / limits.Cache:0%} | {loop.Flops:0} | {flops:0.0} | {flops / limits.Peak:0%} |");
    }

    private static string Figure(double value, string format) =>
        double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
