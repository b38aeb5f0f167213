namespace Gateway.Contracts;

/// <summary>Ask a destination to keep safe what it was sent of a derived series (DICOM storage commitment).</summary>
public sealed record RequestCommitment
{
    public required Guid SeriesId { get; init; }

    /// <summary>Name of the destination in the configuration (<c>Delivery:Destinations</c>).</summary>
    public required string Destination { get; init; }
}
