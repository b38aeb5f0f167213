namespace Gateway.Contracts;

/// <summary>Nothing of a derived series waits for one destination any more: each instance was taken or is parked there.</summary>
/// <remarks>Published once the rows that say so are committed, so that of several destinations the last one sees all of them.</remarks>
public sealed record SeriesSent
{
    public required Guid SeriesId { get; init; }

    /// <summary>Name of the destination in the configuration (<c>Delivery:Destinations</c>).</summary>
    public required string Destination { get; init; }
}
