namespace Gateway.RealVolumes;

/// <summary>docs/real-volumes.md.</summary>
internal static class Table
{
    private const string Head = """
        # Real volumes

        Every real series of `../shared/data`, by name, through the product's own rules, registration, gates and models. Made by

            eng/real-volumes ../shared/data [--pictures FOLDER]

        which is deterministic: run it again whenever registration, references, limits or models change. NIfTI has no header: such a volume is
        written as DICOM first, with a T2's (TE 100, TR 4500) or a native head CT's header (marked *), so that only its pixels and geometry can stop
        it. Series of one folder with the same outcome share a row. NCC is with the reference, before and after registration; a gate score
        above 1 is held. The last column is what a person saw in the sheet (source, registered, masked, synthetic, cycle, result, checkerboard).

        | series | modality | slices | outcome | reason | NCC | gate score | seen |
        |---|---|---|---|---|---|---|---|

        """;

    public static string Of(IEnumerable<Judged> all, IReadOnlyDictionary<string, string> seen) =>
        Head + string.Concat(
            all.GroupBy(j => (j.Series.Name, j.Modality, j.Outcome, Key: j.Figures.Length > 0 ? j.Series.Files[0] : Codes(j.Why)))
                .Select(group => Row([.. group], seen)));

    private static string Row(Judged[] group, IReadOnlyDictionary<string, string> seen)
    {
        var first = group[0];
        var name = first.Series.Name + (first.Series.HeaderMade ? " *" : "") + (group.Length > 1 ? $" ({group.Length} series)" : "");
        var (least, most) = (group.Min(j => j.Slices), group.Max(j => j.Slices));
        return $"| {name} | {first.Modality} | {(least == most ? $"{least}" : $"{least}-{most}")} | {first.Outcome} | {first.Why} | {(first.Figures.Length > 0 ? first.Figures : "|")} | {seen.GetValueOrDefault(first.Series.Name, "")} |\n";
    }

    private static string Codes(string why) => string.Join(' ', why.Split('`').Where((_, i) => i % 2 == 1));
}
