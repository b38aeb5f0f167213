namespace Gateway.Contracts;

/// <summary>A person released a held series: it is to be translated in spite of what the gates said.</summary>
/// <remarks>Who and why stay in the database.</remarks>
public sealed record SeriesReleased
{
    public required Guid SeriesId { get; init; }

    /// <summary>The revision of the series that the person looked at.</summary>
    public required int Revision { get; init; }
}
