namespace Gateway.Persistence;

/// <summary>A sample as a manifest lists it.</summary>
public sealed class ManifestSample
{
    public required string ManifestDigest { get; init; }

    /// <summary>Digest of the sample's object.</summary>
    public required string Sha256 { get; init; }

    public required string Modality { get; init; }
    public required ArchiveSplit Split { get; init; }

    /// <summary>The pseudonyms by which an erasure finds the models that learned from a patient.</summary>
    public required string Subject { get; init; }
    public required string SubjectOfAnyIssuer { get; init; }

    public required string CallingAe { get; init; }
    public required ScannerVendor Vendor { get; init; }
}
