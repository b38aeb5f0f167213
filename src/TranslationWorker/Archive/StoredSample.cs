using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>A sample whose object is in the store and whose row is not yet committed.</summary>
/// <param name="Row">As it will be written.</param>
/// <param name="Patient">Whose it is.</param>
public sealed record StoredSample(ArchiveSample Row, SubjectPseudonym Patient);
