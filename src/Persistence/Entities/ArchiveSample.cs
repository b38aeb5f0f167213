namespace Gateway.Persistence;

/// <summary>
/// A prepared slice and its neighbours that the generators may be retrained on, one a received series or imported head. De-identified by
/// construction: only these fields exist, and none can hold a name, a date of the patient's, a UID or a description.
/// </summary>
public sealed class ArchiveSample
{
    /// <summary>The gateway's own id of the received series. An imported head has an id that follows from subject and bytes, and no
    /// series.</summary>
    public required Guid Id { get; init; }

    /// <summary>The revision of the series that was prepared; 0 for an imported head.</summary>
    public required int Revision { get; init; }

    /// <summary>Code of the profile, such as <c>t2</c>.</summary>
    public required string Modality { get; init; }

    /// <summary>The values, in the modality's units, that -1 and 1 stand for.</summary>
    public required double GreyLow { get; init; }
    public required double GreyHigh { get; init; }

    /// <summary>Of the source, mm between rows.</summary>
    public required double RowSpacing { get; init; }

    /// <summary>Of the source, mm between columns.</summary>
    public required double ColumnSpacing { get; init; }

    /// <summary>Usual distance of neighbouring slices, mm; 0 for a single slice.</summary>
    public required double SliceDistance { get; init; }

    /// <summary>How many slices the object holds.</summary>
    public required int Slices { get; init; }

    /// <summary>Index of the slice that was translated among them, from 0 nearest to the feet.</summary>
    public required int Centre { get; init; }

    public required RegistrationKind Registration { get; init; }

    /// <summary>Figures of the gates by <see cref="MeasureName"/>.</summary>
    public Dictionary<string, double> Measures { get; init; } = [];

    /// <summary>Keyed pseudonym of issuer and Patient ID (<see cref="SubjectPseudonym.Subject"/>).</summary>
    public required string Subject { get; init; }

    /// <summary>Keyed pseudonym of the Patient ID alone (<see cref="SubjectPseudonym.AnyIssuer"/>).</summary>
    public required string SubjectOfAnyIssuer { get; init; }

    /// <summary>Which key the pseudonyms were made with.</summary>
    public required string KeyId { get; init; }

    public required ArchiveSplit Split { get; init; }

    /// <summary>AE title that brought the translated slice; empty where none did.</summary>
    public required string CallingAe { get; init; }

    public required ScannerVendor Vendor { get; init; }

    /// <summary>The day, at midnight UTC, on which it entered: what <c>Archive:KeepFor</c> counts from.</summary>
    public required DateTimeOffset EnteredOn { get; init; }

    /// <summary>SHA-256 of the object: NIfTI-1, 16 bit (docs/architecture.md, "The archive").</summary>
    public required string Sha256 { get; init; }
}
