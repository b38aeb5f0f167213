namespace Gateway.Persistence;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    Pending,
    Delivered,

    /// <summary>Refused for good: an operator may replay it.</summary>
    Parked,
}
