using Gateway.Workshop.Pathology;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>What became of findings, kind by kind.</summary>
/// <param name="least">A contrast below this is none that a picture should show; in the target's unit.</param>
/// <param name="leastBack">The same in the source's.</param>
internal sealed class FindingTables(double least, double leastBack)
{
    public IEnumerable<FindingRow> Rows(IReadOnlyList<MethodScores> methods) =>
        from kind in methods.SelectMany(method => method.Findings).Select(finding => finding.Kind).Distinct().Order()
        from method in methods
        let found = method.Findings.Where(finding => finding.Kind == kind).ToList()
        let shown = found.Where(finding => Math.Abs(finding.Truth) >= least).ToList()
        where shown.Count > 0
        select WithBack(
            new()
            {
                Kind = NameOf(kind),
                Method = method.Name,
                Findings = shown.Count,
                Subjects = shown.Select(finding => finding.Subject).Distinct().Count(),
                Truth = shown.Average(finding => finding.Truth),
                Recovery = Median(shown.Select(finding => finding.Made / finding.Truth)),
                RightSign = shown.Average(finding => finding.Made * finding.Truth > 0 ? 1.0 : 0),
                Error = shown.Average(finding => finding.Error),
            },
            [.. found.Where(finding => finding.Back is not null && Math.Abs(finding.Source) >= leastBack)]);

    private static FindingRow WithBack(FindingRow row, List<FindingScore> back) => back.Count == 0 ? row : row with
    {
        BackFindings = back.Count,
        BackRecovery = Median(back.Select(finding => finding.Back!.Value / finding.Source)),
        BackRightSign = back.Average(finding => finding.Back!.Value * finding.Source > 0 ? 1.0 : 0),
        BackError = back.Average(finding => finding.BackError!.Value),
    };

    private static string NameOf(byte kind) => Enum.GetName((FindingKind)kind) ?? $"kind {kind}";

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
