namespace Gateway.Persistence;

/// <summary>How many samples of a manifest are alike in these.</summary>
/// <param name="Modality">Code of the profile.</param>
/// <param name="Split">What they are for.</param>
/// <param name="Vendor">Who made the scanner.</param>
/// <param name="CallingAe">Who brought them: the site, as far as an AE title tells; empty for what was imported.</param>
/// <param name="Samples">Samples.</param>
/// <param name="Subjects">Patients they are of.</param>
public sealed record ManifestCount(string Modality, ArchiveSplit Split, ScannerVendor Vendor, string CallingAe, int Samples, int Subjects);
