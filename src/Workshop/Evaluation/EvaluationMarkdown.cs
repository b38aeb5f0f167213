using System.Globalization;
using System.Text;

namespace Gateway.Workshop.Evaluation;

/// <summary>The tables of an evaluation for people.</summary>
public static class EvaluationMarkdown
{
    public static string Of(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        Line("# Evaluation");
        Line("Every picture that a model makes is SYNTHETIC: research, not for diagnosis. Intervals are 95 %, by bootstrap over subjects.");
        foreach (var (name, digests) in report.Models)
            Line($"- {name}: {string.Join(", ", digests.Select(file => $"{file.Key} {file.Value}"))}");
        foreach (var (name, digest) in report.Features)
            Line($"- features: {name}, weights {digest}");
        foreach (var set in report.Sets)
        {
            Line($"\n## {set.Name}: {set.Slices} slices of {set.Subjects} subjects");
            foreach (var note in set.Notes)
                Line($"- {note}");
            foreach (var direction in set.Directions)
            {
                Line($"\n### {set.Name}, {direction.Direction}");
                text.Append(Of(direction));
            }
        }
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Of(DirectionReport direction) => string.Concat(
        Table("Beside the truth; bone is 100 HU and more", ["level", "N", "subjects", "method", .. Figure.All.Select(f => f.Heading)],
            direction.Paired.Select(row => (string[])
            [
                row.Level, $"{row.Slices}", $"{row.Subjects}", row.Method,
                .. Figure.All.Select(figure => row.Means.TryGetValue(figure.Name, out var mean) ? Number(figure, mean, direction) : "-"),
            ])),
        Table("Model less method: mean and interval", ["level", "subjects", "model", "less", .. Figure.Compared.Select(f => f.Heading)],
            direction.Differences.Select(row => (string[])
            [
                row.Level, $"{row.Subjects}", row.Model, row.Less,
                .. Figure.Compared.Select(f => row.Differences.TryGetValue(f.Name, out var e) ? Interval(f, e, direction) : "-"),
            ])),
        Findings(direction),
        Table("Lesions put into clean slices", ["in the source", "N", "method", "right sign", "median recovery", "half kept"],
            direction.Insertions.Select(row => (string[])
                [row.Kind, $"{row.Lesions}", row.Method, Share(row.RightSign), Text(row.Recovery, "F2"), Share(row.Kept)])),
        Table("There and back",
            ["N", "method", "SSIM cycle", "disturbed", "lost", "SSIM in/out", "retrieval", "among", "new blobs a clean slice"],
            direction.Cycles.Select(row => (string[])
            [
                $"{row.Slices}", row.Method, Text(row.Cycle, "F3"), Text(row.Disturbed, "F3"), Text(row.Cycle - row.Disturbed, "F3"),
                Text(row.InputOutput, "F3"), Text(row.Retrieval, "F2"), $"{row.Retrieved}", Text(row.NewBlobs, "F2"),
            ])),
        Table("Distance from real pictures of others; the floor is that of two real sets of the same size",
            ["features", "n", "method", "Frechet", "floor", "kernel", "floor"],
            direction.Realism.Select(row => (string[])
            [
                row.Features, $"{row.Pictures}", row.Method, Text(row.Frechet, "F2"), Text(row.FrechetFloor, "F2"),
                Text(row.Kernel, "G3"), Text(row.KernelFloor, "G3"),
            ])));

    private static string Findings(DirectionReport direction)
    {
        var (made, back) = (direction.Unit == "HU" ? "F1" : "F3", direction.BackUnit == "HU" ? "F1" : "F3");
        return Table(
            "Findings: contrast against what lies around them, over the true contrast",
            ["kind", "N", "subjects", "method", $"truth, {direction.Unit}", "recovery", "right sign", $"level off, {direction.Unit}",
                "N back", "recovery there and back", "right sign", $"level off, {direction.BackUnit}"],
            direction.Findings.Select(row => (string[])
            [
                row.Kind, $"{row.Findings}", $"{row.Subjects}", row.Method, Text(row.Truth, made), Text(row.Recovery, "F2"),
                Share(row.RightSign), Text(row.Error, made), row.BackFindings == 0 ? "-" : $"{row.BackFindings}",
                Text(row.BackRecovery, "F2"), Share(row.BackRightSign), Text(row.BackError, back),
            ]));
    }

    private static string Table(string title, string[] headings, IEnumerable<string[]> rows)
    {
        var lines = rows.Select(row => $"| {string.Join(" | ", row)} |\n").ToList();
        return lines.Count == 0 ? ""
            : $"\n{title}:\n\n| {string.Join(" | ", headings)} |\n|{string.Concat(headings.Select(_ => "---|"))}\n{string.Concat(lines)}";
    }

    private static string Number(Figure figure, double value, DirectionReport direction) => Text(value, Format(figure, direction));

    private static string Interval(Figure figure, Estimate estimate, DirectionReport direction)
    {
        var format = Format(figure, direction);
        return $"{Signed(estimate.Mean)} ({Signed(estimate.Low)} to {Signed(estimate.High)})";

        string Signed(double value) => (value > 0 ? "+" : "") + Text(value, format);
    }

    private static string Format(Figure figure, DirectionReport direction) =>
        figure.Name == "psnr" || (figure.IsError && direction.Unit == "HU") ? "F1" : "F3";

    private static string Share(double? share) => share is { } value ? Text(100 * value, "F0") + " %" : "-";

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
