namespace Gateway.Persistence;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    Pending,
    Delivered,

    /// <summary>Refused for good, or tried too often: an operator may replay it.</summary>
    Parked,
}
