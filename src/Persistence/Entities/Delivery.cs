namespace Gateway.Persistence;

/// <summary>The delivery of one instance to one destination, with the last answer of the peer.</summary>
public sealed class Delivery
{
    public required Guid Id { get; init; }
    public required Guid InstanceId { get; init; }
    public Instance Instance { get; init; } = null!;
    public required string Destination { get; init; }
    public DeliveryState State { get; set; }

    /// <summary>The last answer as a number of the protocol; for C-STORE the status (PS3.7 C). Null before the first answer.</summary>
    public int? DicomStatus { get; set; }

    public int Attempts { get; set; }
    public string? Error { get; set; }

    /// <summary>When it was planned, or replayed.</summary>
    public required DateTimeOffset WaitingSince { get; set; }

    /// <summary>The last try; null before the first.</summary>
    public DateTimeOffset? TriedAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Transaction UID (0008,1195) of the request to keep the instance safe; null where the destination is not asked.</summary>
    public string? CommitmentTransactionUid { get; set; }

    /// <summary>When it took that request; its report is to come.</summary>
    public DateTimeOffset? CommitmentAskedAt { get; set; }

    /// <summary>When its report was given up on: it has not come in time. Should it come later, it counts.</summary>
    public DateTimeOffset? CommitmentMissedAt { get; set; }

    /// <summary>When the destination confirmed that it keeps the instance safe.</summary>
    public DateTimeOffset? CommittedAt { get; set; }

    /// <summary>Failure Reason (0008,1197), when the destination does not keep it safe.</summary>
    public int? CommitmentFailure { get; set; }

    public static Delivery Planned(Guid instanceId, string destination, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), InstanceId = instanceId, Destination = destination, WaitingSince = now };
}
