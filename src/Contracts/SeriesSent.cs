namespace Gateway.Contracts;

/// <summary>A derived series is done with one destination: the destination took each instance, or the instance is parked.</summary>
/// <remarks>Published after those delivery rows are committed. With several destinations, the handler of the last message then sees all
/// rows.</remarks>
public sealed record SeriesSent
{
    public required Guid SeriesId { get; init; }

    /// <summary>Name of the destination in the configuration (<c>Delivery:Destinations</c>).</summary>
    public required string Destination { get; init; }
}
