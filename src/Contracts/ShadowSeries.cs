namespace Gateway.Contracts;

/// <summary>The champion's translation of a series is durable: the shadow of its direction may translate it beside.</summary>
public sealed record ShadowSeries
{
    public required Guid SeriesId { get; init; }

    /// <summary>The revision that was translated.</summary>
    public required int Revision { get; init; }
}
