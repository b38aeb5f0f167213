using System.Globalization;
using System.Text;

namespace Gateway.Workshop.Scores;

/// <summary>The scores as a Markdown table, every model beside its baselines.</summary>
public static class ScoreTable
{
    /// <param name="rows">Set, direction (<c>t2-ct</c> or <c>ct-t2</c>), number of slices, scores.</param>
    public static string Markdown(IEnumerable<(string Set, string Direction, int Slices, TranslationScores Scores)> rows)
    {
        var text = new StringBuilder();
        text.AppendLine("| set | direction | N | method | SSIM cycle | disturbed | SSIM in/out | retrieval | MAE | PSNR dB | SSIM | SSIM in head |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (set, direction, slices, scores) in rows)
        {
            var paired = scores.Paired is { } p
                ? FormattableString.Invariant($"{Mae(p.Mae, direction)} | {p.Psnr:F1} | {p.Ssim:F3} | {p.SsimInside:F3}")
                : "- | - | - | -";
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {set} | {direction} | {slices} | {scores.Method} | {scores.SsimCycle:F3} | {scores.SsimCycleDisturbed:F3} | {scores.SsimInputOutput:F3} | {scores.Retrieval:F2} | {paired} |");
        }
        return text.ToString();
    }

    private static string Mae(double mae, string direction) => direction == "t2-ct"
        ? FormattableString.Invariant($"{mae:F1} HU")
        : FormattableString.Invariant($"{mae:F3} of 1");
}
