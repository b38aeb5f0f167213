namespace Gateway.FieldCases;

/// <summary>docs/field-cases.md.</summary>
internal static class Table
{
    private const string Head = """
        # Field cases

        Inputs that failed somewhere in the field, made by the generators of `../shared/fieldcases`, sent one after the other to one running gateway
        with a destination. Made by

            eng/field-cases ../shared/fieldcases --write

        The site of that gateway is called `Klinikum Großhadern`, so that its name is a case for all of them.

        | case | right value | what the product does | right |
        |---|---|---|---|

        """;

    public static string Of(IReadOnlyCollection<CaseResult> results) =>
        Head + string.Concat(
            results.Select(
                r =>
                    $"| {r.Name} | {r.Right} | {r.Does.Replace("|", "\\|", StringComparison.Ordinal)} | {(r.Fault is null ? "yes" : "**no**: " + r.Fault)} |\n"))
        + $"\n{results.Count(r => r.Fault is null)} of {results.Count} right.\n";
}
