namespace Gateway.Persistence;

/// <summary>The ledger of one DICOM association: who called, what came, how it ended.</summary>
public sealed class Association
{
    public required Guid Id { get; init; }
    public required string CallingAe { get; init; }
    public required string CalledAe { get; init; }
    public required string RemoteAddress { get; init; }

    /// <summary>Distinguished name of the certificate it was authenticated by; null without one. With title and address it says which entry
    /// of the allow-list let it in.</summary>
    public string? TlsSubject { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Renewed while the association is open; when it is not, the listener has died, and the row is closed as aborted. Of a closed
    /// one when the peer was last heard, which is long before <see cref="ClosedAt"/> if it was given up on.</summary>
    public DateTimeOffset SeenAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }
    public AssociationOutcome Outcome { get; set; }
    public int Announced { get; set; }
    public int Stored { get; set; }
    public int Failed { get; set; }
}
