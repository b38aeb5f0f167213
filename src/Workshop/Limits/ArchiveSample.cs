using Gateway.Imaging.Gates;

namespace Gateway.Workshop.Limits;

/// <summary>One slice limits are learned from.</summary>
/// <param name="Subject">Slices of one subject are held out together.</param>
public sealed record ArchiveSample(string Subject, GateFeatures Features);
