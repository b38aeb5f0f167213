namespace Gateway.Gates;

/// <summary>A run as Markdown.</summary>
internal static class Report
{
    private static readonly string[] Sources = [GateHead.Real, GateHead.Painted, GateHead.Digital];

    public static string Of(IReadOnlyList<Judged> judged, IReadOnlyList<string> contrast, Machine machine, string commit)
    {
        var (good, bad) = (Where(judged, kind => kind == SeriesKind.Good), Where(judged, kind => kind != SeriesKind.Good));
        string[] lines =
        [
            "# Gates",
            "",
            $"Made by `eng/bench gates --write`, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {commit};"
                + $" {machine.Cores} cores, {machine.Processor}.",
            "",
            $"{good.Length} good and {bad.Length} corrupted series: real volumes, painted label maps (half of them ill, one in four"
                + " nodding or tilting by up to 25 degrees) and digital heads (half with calcifications and acute blood). No limit was"
                + " learned from these heads, but from eight of the real T2 volumes, whose own figures were left out for the looks they"
                + " were compared with. Pixels and geometry only: every header rule would see a good series.",
            "",
            "## Good series that pass",
            "",
            .. Passes(good),
            "",
            "## Corrupted series that are stopped",
            "",
            "AUROC is of the gate's score alone against all good series of the modality, with 95 % intervals of a stratified bootstrap;"
                + " *stopped* is what the product holds: this gate, the registration's own, or no slice to choose. Intervals of shares are"
                + " Wilson's.",
            "",
            .. Stops(good, bad),
            "",
            "## Each gate",
            "",
            "*False stops*: good series that it holds; *alone*: that nothing else holds. *Catches* likewise, of corrupted series.",
            "",
            .. Gates(good, bad),
            "",
            "## Real volumes",
            "",
            .. Real(judged),
            .. contrast.Count == 0 ? [] : (string[])["", "## Contrast in the pixels", "", .. contrast],
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Passes(Judged[] good)
    {
        yield return $"| series | {string.Join(" | ", Sources)} | all |";
        yield return $"|---|{string.Concat(Sources.Select(_ => "---|"))}---|";
        foreach (var variant in good.GroupBy(j => j.Measured.Variant).Append(good.GroupBy(_ => "**all**").Single()))
            yield return Row(variant.Key, [.. variant]);
        foreach (var modality in good.GroupBy(j => j.Measured.Modality))
            yield return Row($"all {modality.Key}", [.. modality]);

        string Row(string name, Judged[] series) =>
            $"| {name} | {string.Join(" | ", Sources.Select(source => Pass(Where(series, source))))} | {Pass(series)} |";
        string Pass(Judged[] series) => series.Length == 0 ? "" : $"{new Proportion(series.Count(j => !j.Stopped), series.Length)}";
    }

    private static IEnumerable<string> Stops(Judged[] good, Judged[] bad)
    {
        yield return "| kind | n | AUROC: T2 and CT | T2 | CT | this gate | stopped | most frequent reason |";
        yield return "|---|---|---|---|---|---|---|---|";
        foreach (var kind in bad.GroupBy(j => j.Measured.Kind).OrderBy(kind => kind.Key).Select(kind => (Words(kind.Key), kind.ToArray()))
            .Prepend(("**all corrupted**", bad)))
            yield return Row(kind.Item1, kind.Item2);

        string Row(string name, Judged[] series)
        {
            string Area(Func<Judged, bool> of) => !series.Any(of) ? "" : Auroc.Of(
                [.. good.Where(of).Select(j => Math.Min(j.Score, 1e6))], [.. series.Where(of).Select(j => Math.Min(j.Score, 1e6))]);
            var reason = series.SelectMany(j => j.Codes).GroupBy(code => code).OrderByDescending(code => code.Count()).FirstOrDefault();
            var modalities = ShippedModalities.Table.Profiles.Select(profile => Area(j => j.Measured.Modality == profile.Modality));
            return $"| {name} | {series.Length} | {Area(_ => true)} | {string.Join(" | ", modalities)}"
                + $" | {new Proportion(series.Count(j => j.GateHeld), series.Length)}"
                + $" | {new Proportion(series.Count(j => j.Stopped), series.Length)}"
                + $" | {(reason is null ? "" : $"`{reason.Key}` ({reason.Count()})")} |";
        }
    }

    private static IEnumerable<string> Gates(Judged[] good, Judged[] bad)
    {
        yield return "| gate | false stops | alone | catches | alone | kinds it catches most |";
        yield return "|---|---|---|---|---|---|";
        foreach (var code in good.Concat(bad).SelectMany(j => j.Codes).Distinct().Order(StringComparer.Ordinal))
        {
            Judged[] held = Holding(good), caught = Holding(bad);
            var kinds = caught.GroupBy(j => j.Measured.Kind).OrderByDescending(kind => kind.Count()).Take(3)
                .Select(kind => $"{Words(kind.Key)} ({kind.Count()})");
            yield return $"| `{code}` | {held.Length} | {held.Count(Alone)} | {caught.Length} | {caught.Count(Alone)}"
                + $" | {string.Join(", ", kinds)} |";

            Judged[] Holding(Judged[] series) => [.. series.Where(j => j.Codes.Contains(code))];
            bool Alone(Judged one) => one.Codes.Count == 1;
        }
    }

    private static IEnumerable<string> Real(IReadOnlyList<Judged> judged)
    {
        yield return "| volume | variants that pass | highest score | as it is | what stops it |";
        yield return "|---|---|---|---|---|";
        foreach (var head in judged.Where(j => j.Measured.Source == GateHead.Real && IsWhole(j)).GroupBy(j => j.Measured.Head))
        {
            var stops = head.SelectMany(j => j.Codes).GroupBy(code => code).Select(code => $"`{code.Key}` ({code.Count()})");
            var scores = FormattableString.Invariant($"{head.Max(j => j.Score):0.00} | {head.First().Score:0.00}");
            yield return $"| {head.Key} | {head.Count(j => !j.Stopped)} of {head.Count()} | {scores} | {string.Join(", ", stops)} |";
        }

        static bool IsWhole(Judged j) => j.Measured.Kind is SeriesKind.Good or SeriesKind.WrongSequence or SeriesKind.PlasticHead;
    }

    private static Judged[] Where(IEnumerable<Judged> judged, Func<SeriesKind, bool> kind) =>
        [.. judged.Where(j => kind(j.Measured.Kind))];

    private static Judged[] Where(IEnumerable<Judged> judged, string source) => [.. judged.Where(j => j.Measured.Source == source)];

    private static string Words(SeriesKind kind) =>
        string.Concat(
            kind.ToString().Select(
                (letter, i) => char.IsUpper(letter) && i > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
