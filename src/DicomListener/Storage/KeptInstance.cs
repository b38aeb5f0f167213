using Gateway.Persistence;

namespace Gateway.DicomListener;

/// <summary>Where a received image is kept.</summary>
/// <param name="Sha256">The object that holds it: another than the one it came in when the same image was stored before.</param>
internal sealed record KeptInstance(string Sha256, Guid StudyId, Series Series);
