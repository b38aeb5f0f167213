using Gateway.Persistence;

namespace Gateway.DicomListener;

/// <summary>Where a received image is kept.</summary>
internal sealed record KeptInstance(Guid StudyId, Series Series);
