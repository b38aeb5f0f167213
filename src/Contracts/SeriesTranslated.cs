namespace Gateway.Contracts;

/// <summary>A derived series is durable in the object store.</summary>
public sealed record SeriesTranslated
{
    /// <summary>The received series.</summary>
    public required Guid SeriesId { get; init; }

    /// <summary>The synthetic series made from it.</summary>
    public required Guid DerivedSeriesId { get; init; }
}
