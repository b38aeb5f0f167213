namespace Gateway.Gates;

/// <summary>A run as Markdown.</summary>
internal static class Report
{
    public static string Of(
        int heads, IReadOnlyList<Judged> learned, IReadOnlyList<Judged> shipped, IReadOnlyList<string> contrast, Machine machine,
        string commit, TimeSpan wall)
    {
        string[] lines =
        [
            "# Gates",
            "",
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {commit}; {machine.Cores} cores, {machine.Processor}; {wall.TotalSeconds:0} s.",
            "",
            $"{learned.Count(j => j.Kind == SeriesKind.Good)} good and {learned.Count(j => j.Kind != SeriesKind.Good)} corrupted series of digital heads; T2 and CT of a head"
                + " are two series. Pixels and geometry only: every header rule would see a good series. AUROC is of the out-of-distribution score alone, with 95 % intervals of a"
                + " stratified bootstrap; \"stopped\" is what the product would hold: this gate, the registration's own, or no slice to choose. Intervals of shares are Wilson's.",
            "",
            $"## Limits learned from {heads} other digital heads",
            "",
            .. Table(learned),
            .. shipped.Count == 0 ? []
                : (string[])["", "## The shipped limits (training archive and digital heads)", "", .. Table(shipped)],
            .. contrast.Count == 0 ? [] : (string[])["", "## Contrast in the pixels, by the shipped limits", "", .. contrast],
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Table(IReadOnlyList<Judged> all)
    {
        var good = all.Where(j => j.Kind == SeriesKind.Good).ToArray();
        yield return "| kind | n | AUROC: T2 and CT | T2 | CT | this gate | stopped | most frequent aspect |";
        yield return "|---|---|---|---|---|---|---|---|";
        yield return Row("**all corrupted**", good, [.. all.Where(j => j.Kind != SeriesKind.Good)]);
        foreach (var kind in all.Where(j => j.Kind != SeriesKind.Good).GroupBy(j => j.Kind).OrderBy(kind => kind.Key))
            yield return Row(Words(kind.Key), good, [.. kind]);
        yield return "";
        foreach (var set in (Judged[][])[
            good, .. ShippedModalities.Table.Profiles.Select(profile => good.Where(j => j.Modality == profile.Modality).ToArray())])
            yield return $"False stops of {(set.Length == good.Length ? "all good series" : set[0].Modality)}: this gate {new Proportion(set.Count(j => j.GateHeld), set.Length)},"
                + $" with the registration's {new Proportion(set.Count(Stopped), set.Length)}; highest score {set.Max(j => j.Score):0.00}.  ";
    }

    private static string Row(string name, Judged[] good, Judged[] bad)
    {
        string Area(Func<Judged, bool> of) => Auroc.Of([.. good.Where(of).Select(j => j.Score)], [.. bad.Where(of).Select(j => j.Score)]);
        var aspect = bad.GroupBy(j => j.Code).OrderByDescending(code => code.Count()).First();
        return $"| {name} | {bad.Length} | {Area(_ => true)} | {string.Join(" | ", ShippedModalities.Table.Profiles.Select(profile => Area(j => j.Modality == profile.Modality)))}"
            + $" | {new Proportion(bad.Count(j => j.GateHeld), bad.Length)} | {new Proportion(bad.Count(Stopped), bad.Length)} | `{aspect.Key}` ({aspect.Count()}) |";
    }

    private static bool Stopped(Judged judged) => judged.GateHeld || judged.RegistrationHeld;

    private static string Words(SeriesKind kind) =>
        string.Concat(
            kind.ToString().Select(
                (letter, i) => char.IsUpper(letter) && i > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
