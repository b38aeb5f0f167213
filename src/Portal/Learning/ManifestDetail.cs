using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>A manifest with what it counts and who learned from it.</summary>
/// <param name="Gone">How many of its samples the archive does not hold any more: erased, or older than it keeps them.</param>
public sealed record ManifestDetail(
    Manifest Manifest, IReadOnlyList<ArchiveCount> Counts, IReadOnlyList<SubjectCount> Subjects, int Gone, IReadOnlyList<TrainingJob> Jobs,
    IReadOnlyList<Model> Models);
