using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>A sample as the page shows it; whose it is, and which series it came from, is not told.</summary>
public sealed record NewestSample(string Sha256, string Modality, ArchiveSplit Split, DateTimeOffset EnteredOn);
