namespace Gateway.Persistence;

/// <summary>One instance to one destination, with the peer's own last word on it.</summary>
public sealed class Delivery
{
    public required Guid Id { get; init; }
    public required Guid InstanceId { get; init; }
    public Instance Instance { get; init; } = null!;
    public required string Destination { get; init; }
    public DeliveryState State { get; set; }

    /// <summary>Status of the last C-STORE-RSP (PS3.7 C), null before the first.</summary>
    public int? DicomStatus { get; set; }

    public int Attempts { get; set; }
    public string? Error { get; set; }
    public DateTimeOffset? SentAt { get; set; }
}
