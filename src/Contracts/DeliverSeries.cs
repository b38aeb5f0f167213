namespace Gateway.Contracts;

/// <summary>Send every stored instance of a derived series to one destination.</summary>
public sealed record DeliverSeries
{
    public required Guid SeriesId { get; init; }

    /// <summary>Name of the destination in the configuration (<c>Delivery:Destinations</c>).</summary>
    public required string Destination { get; init; }
}
