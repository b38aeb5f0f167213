using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>So many subjects have a sample of this modality. A subject is in one split for ever.</summary>
public sealed record SubjectCount(string Modality, ArchiveSplit Split, int Subjects);
