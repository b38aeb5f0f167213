using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>So many samples have these words in common.</summary>
/// <param name="CallingAe">Empty for what no scanner sent.</param>
public sealed record ArchiveCount(string Modality, ArchiveSplit Split, ScannerVendor Vendor, string CallingAe, int Samples);
