namespace Gateway.Persistence;

/// <summary>What the gates and the generator found in one received series, for the drift of a profile. Numbers and closed lists, like a
/// sample of the archive.</summary>
public sealed class Observation
{
    /// <summary>The received series, in its latest revision.</summary>
    public required Guid SeriesId { get; init; }
    public required int Revision { get; init; }

    /// <summary>Code of the profile, such as <c>t2</c>.</summary>
    public required string Modality { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>AE title that brought it; empty where none did.</summary>
    public required string CallingAe { get; init; }
    public required ScannerVendor Vendor { get; init; }

    /// <summary>Code of the first reason for which a gate held it, also where a person released it later; null for one that
    /// passed.</summary>
    public string? HeldBy { get; init; }

    /// <summary>Digest of the champion that was asked; null where none was.</summary>
    public string? ModelDigest { get; init; }

    /// <summary>By name: gate score, NCC, cycle error, grey quantiles.</summary>
    public Dictionary<string, double> Measures { get; init; } = [];
}
