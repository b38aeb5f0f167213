using System.Globalization;
using System.Text;
using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.Scores;

/// <summary>The scores as a Markdown table, with every model beside its baselines.</summary>
public static class ScoreTable
{
    /// <param name="rows">Set, direction, number of slices, scores.</param>
    /// <param name="modalities">Includes those of the directions.</param>
    public static string Markdown(
        IEnumerable<(string Set, Direction Direction, int Slices, TranslationScores Scores)> rows, ModalityTable modalities)
    {
        var text = new StringBuilder();
        text.AppendLine(
            "| set | direction | N | method | SSIM cycle | disturbed | SSIM in/out | retrieval | MAE | PSNR dB | SSIM | SSIM in head |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (set, direction, slices, scores) in rows)
        {
            var paired = scores.Paired is { } p
                ? FormattableString.Invariant($"{Mae(p.Mae, modalities[direction.To])} | {p.Psnr:F1} | {p.Ssim:F3} | {p.SsimInside:F3}")
                : "- | - | - | -";
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {set} | {direction} | {slices} | {scores.Method} | {scores.SsimCycle:F3} | {scores.SsimCycleDisturbed:F3} | {scores.SsimInputOutput:F3} | {scores.Retrieval:F2} | {paired} |");
        }
        return text.ToString();
    }

    private static string Mae(double mae, ModalityProfile made) => made.IsHounsfield
        ? FormattableString.Invariant($"{mae:F1} HU")
        : FormattableString.Invariant($"{mae:F3} of 1");
}
