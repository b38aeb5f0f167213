namespace Gateway.Persistence;

/// <summary>A peer's request that we keep instances safe (storage commitment, PS3.4 Annex J), until the peer has heard the
/// answer.</summary>
public sealed class Commitment
{
    public required Guid Id { get; init; }

    /// <summary>Transaction UID (0008,1195); unique together with the caller.</summary>
    public required string TransactionUid { get; init; }

    public required string CallingAe { get; init; }

    /// <summary>AE title it knows us by.</summary>
    public required string CalledAe { get; init; }

    /// <summary>The association that asked last.</summary>
    public Guid AssociationId { get; set; }

    public DateTimeOffset RequestedAt { get; set; }
    public List<CommitmentInstance> Instances { get; set; } = [];
    public CommitmentState State { get; set; }

    /// <summary>When to report next. A replica that reports sets it to the future, so that no other does the same.</summary>
    public DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }
    public DateTimeOffset? ReportedAt { get; set; }

    /// <summary>How many of the instances we do not keep, as last reported.</summary>
    public int? Missing { get; set; }

    public string? Error { get; set; }
}
