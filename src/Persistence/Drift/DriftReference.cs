namespace Gateway.Persistence;

/// <summary>What the live series of a profile are compared with.</summary>
/// <param name="Kind">Where it is from.</param>
/// <param name="Manifest">The champion's manifest; null for the other kinds.</param>
/// <param name="Rows">All of it.</param>
/// <param name="NewSubjects">Patients of the archive that the champion did not learn from.</param>
public sealed record DriftReference(DriftReferenceKind Kind, string? Manifest, IReadOnlyList<DriftRow> Rows, int NewSubjects)
{
    /// <summary>What a week is compared with: a manifest does not change, of the other kinds only what came before the week
    /// counts.</summary>
    public IReadOnlyList<DriftRow> Before(DateTimeOffset week) =>
        Kind == DriftReferenceKind.Manifest ? Rows : [.. Rows.Where(row => row.At < week)];
}
