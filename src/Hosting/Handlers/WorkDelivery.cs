namespace Gateway.Hosting;

/// <summary>How a message came.</summary>
/// <param name="MessageId">By which a second copy is known.</param>
/// <param name="IsUrgent">What comes of it is urgent too.</param>
/// <param name="IsAgain">The broker has delivered it before, to a process that it has lost since.</param>
public sealed record WorkDelivery(Guid MessageId, bool IsUrgent = false, bool IsAgain = false);
