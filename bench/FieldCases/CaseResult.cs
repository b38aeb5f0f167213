namespace Gateway.FieldCases;

/// <summary>One row of the table.</summary>
/// <param name="Fault">What is not right; null where all is.</param>
internal sealed record CaseResult(string Name, string Right, string Does, string? Fault)
{
    public static CaseResult Of(string name, Outcome outcome, PlainPictures plain)
    {
        var right = RightValues.Of(name);
        var faults = outcome.Complaints.Concat(right.Checks.Select(check => check(outcome, plain))).OfType<string>().ToList();
        return new(name, right.Words, Describe(outcome), faults.Count == 0 ? null : string.Join(" ", faults));
    }

    private static string Describe(Outcome outcome) => $"{outcome.State}: " + string.Join("; ", outcome.Series.Select(Words));

    private static string Words(CaseSeries series) =>
        $"{(series.IsDerived ? "derived " : "")}{series.Modality} of {series.Images}: {series.State}"
        + string.Concat(series.Texts.Zip(series.Codes, (text, code) => $", `{code}` {text}"))
        + string.Concat(series.Aside.Select(text => $", set aside: {text}"));
}
