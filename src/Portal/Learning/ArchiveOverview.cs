namespace Gateway.Portal;

/// <summary>What the archive holds, in numbers; no pseudonym is among them.</summary>
/// <param name="Counts">One a combination that occurs.</param>
/// <param name="Subjects">One a modality and split.</param>
/// <param name="TotalSubjects">Who has samples of two modalities counts once.</param>
/// <param name="Erased">How many were erased and do not enter again.</param>
/// <param name="Weeks">Oldest first, from the first with a sample to the last, none left out.</param>
public sealed record ArchiveOverview(
    IReadOnlyList<ArchiveCount> Counts, IReadOnlyList<SubjectCount> Subjects, int TotalSubjects, int Erased,
    IReadOnlyList<ArchiveWeek> Weeks)
{
    public int Samples => Counts.Sum(count => count.Samples);

    public IReadOnlyList<string> Modalities => [.. Counts.Select(count => count.Modality).Distinct().Order(StringComparer.Ordinal)];
}
