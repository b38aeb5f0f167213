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

    /// <summary>SHA-256 (lower-case hex) of the stored Part 10 file: its address in the object store. The file's header follows from the
    /// object, so that two sends of the same image share it.</summary>
    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Other bytes arrived before under the same UID: kept beside them and flagged; never what is translated.</summary>
    public bool Conflict { get; init; }

    /// <summary>Another series held an image of the same UID when this one came, against PS3.5 §9: both are kept and used, an operator is told.</summary>
    public bool UidElsewhere { get; init; }

    /// <summary>Pixel Data is shorter than the header says: stored, never translated.</summary>
    public bool PixelDataShort { get; init; }

    /// <summary>The association that brought it; null for what we made.</summary>
    public Guid? AssociationId { get; init; }
}
