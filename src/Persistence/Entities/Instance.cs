namespace Gateway.Persistence;

/// <summary>One stored SOP instance. Bytes are in the object store under <see cref="Sha256"/> and are never overwritten.</summary>
public sealed class Instance
{
    public required Guid Id { get; init; }
    public required Guid SeriesId { get; init; }
    public Series Series { get; init; } = null!;

    /// <summary>SOP Instance UID (0008,0018); unique together with the series and the content.</summary>
    public required string SopInstanceUid { get; init; }

    public required string SopClassUid { get; init; }
    public required string TransferSyntaxUid { get; init; }
    public int? InstanceNumber { get; set; }

    /// <summary>SHA-256 (lower-case hex) of the stored Part 10 file: its address in the object store. The file's meta header is made
    /// from the image alone, so that an image sent twice has one digest.</summary>
    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Kept and flagged, and never translated or published: other bytes count under the same UID, those that came first, or it
    /// names a patient that a person ruled out, or a received note rejects it.</summary>
    public bool Conflict { get; init; }

    /// <summary>Title code of the rejection note that names it (PS3.16 CID 7010), which is then a <see cref="Conflict"/> as well; null
    /// where none does.</summary>
    public string? RejectedAs { get; init; }

    /// <summary>The <see cref="StudyPatient"/> that it names; for a derived image, the one its source names. Null when that is not known.
    /// </summary>
    /// <remarks>No foreign key: it would cost every image that comes a look and an index row, and those rows are never deleted.</remarks>
    public Guid? StudyPatientId { get; init; }

    /// <summary>When this image came, another series already had one of the same UID, which PS3.5 §9 forbids. Both are kept and used; an
    /// operator is told.</summary>
    public bool UidElsewhere { get; init; }

    /// <summary>Pixel Data is shorter than the header says: stored, never translated.</summary>
    public bool PixelDataShort { get; init; }

    /// <summary>The association that brought it; null for a derived instance.</summary>
    public Guid? AssociationId { get; init; }
}
