using Gateway.Workshop.Pathology;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>What became of findings, kind by kind.</summary>
/// <param name="least">A contrast below this is none that a picture should show; in the target's unit.</param>
/// <param name="leastBack">The same in the source's.</param>
internal sealed class FindingTables(double least, double leastBack)
{
    private static readonly (string Name, FindingKind[] Kinds)[] Groups =
    [
        ("oedema and infarcts", [FindingKind.Oedema, FindingKind.AcuteInfarct, FindingKind.OldInfarct]),
        ("all acute blood",
            [FindingKind.AcuteBlood, FindingKind.AcuteSubdural, FindingKind.Epidural, FindingKind.Subarachnoid, FindingKind.Ventricular]),
    ];

    public IEnumerable<FindingRow> Rows(IReadOnlyList<MethodScores> methods) =>
        from kind in Kinds(methods)
        from method in methods
        let found = method.Findings.Where(finding => kind.Kinds.Contains(finding.Kind)).ToList()
        let shown = found.Where(finding => Math.Abs(finding.Truth) >= least).ToList()
        where shown.Count > 0
        select WithBack(
            new()
            {
                Kind = kind.Name,
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

    /// <summary>Each kind that was found, and groups of those that a model should treat alike.</summary>
    private static IEnumerable<(string Name, byte[] Kinds)> Kinds(IReadOnlyList<MethodScores> methods)
    {
        byte[] found = [.. methods.SelectMany(method => method.Findings).Select(finding => finding.Kind).Distinct().Order()];
        var groups = Groups.Select(group => (group.Name, Kinds: Array.ConvertAll(group.Kinds, kind => (byte)kind)));
        return
        [
            .. groups.Where(group => group.Kinds.Intersect(found).Count() > 1),
            .. found.Select(kind => (NameOf(kind), (byte[])[kind])),
        ];
    }

    private static string NameOf(byte kind) => Enum.GetName((FindingKind)kind) ?? $"kind {kind}";

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
