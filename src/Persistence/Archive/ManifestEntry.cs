namespace Gateway.Persistence;

/// <summary>One sample of a manifest: all that training needs beside its object, and nothing of the patient.</summary>
/// <param name="Sha256">Digest of the sample's object.</param>
/// <param name="Modality">Code of its profile.</param>
/// <param name="Split">What it is for.</param>
/// <param name="Slices">How many slices the object holds.</param>
/// <param name="Centre">Index of the one that was translated.</param>
/// <param name="GreyLow">The value, in the modality's units, that -1 stands for.</param>
/// <param name="GreyHigh">The value that 1 stands for.</param>
public sealed record ManifestEntry(
    string Sha256, string Modality, ArchiveSplit Split, int Slices, int Centre, double GreyLow, double GreyHigh);
