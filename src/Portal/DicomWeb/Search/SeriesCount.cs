namespace Gateway.Portal.DicomWeb;

/// <summary>A series with images that are shown.</summary>
/// <param name="Sample">Digest of one of its images, always the same.</param>
internal sealed record SeriesCount(Guid StudyId, Guid SeriesId, string? Modality, int Instances, string Sample);
