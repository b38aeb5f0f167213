using Gateway.Imaging.Gates;

namespace Gateway.Workshop.Limits;

/// <summary>One slice from which limits are learned.</summary>
/// <param name="Subject">Slices of one subject are held out together.</param>
public sealed record ArchiveSample(string Subject, GateFeatures Features);
