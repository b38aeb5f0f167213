namespace Gateway.Persistence;

/// <summary>One instance to one destination, with the peer's own last word on it.</summary>
public sealed class Delivery
{
    public required Guid Id { get; init; }
    public required Guid InstanceId { get; init; }
    public Instance Instance { get; init; } = null!;
    public required string Destination { get; init; }
    public DeliveryState State { get; set; }

    /// <summary>The last answer in the protocol's own numbers, of C-STORE the status (PS3.7 C); null before the first.</summary>
    public int? DicomStatus { get; set; }

    public int Attempts { get; set; }
    public string? Error { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Transaction UID (0008,1195) under which the destination was asked to keep it safe; null where it is not asked.</summary>
    public string? CommitmentTransactionUid { get; set; }

    /// <summary>When the destination said that it keeps it safe.</summary>
    public DateTimeOffset? CommittedAt { get; set; }

    /// <summary>Failure Reason (0008,1197), when it said that it does not.</summary>
    public int? CommitmentFailure { get; set; }
}
