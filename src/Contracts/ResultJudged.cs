namespace Gateway.Contracts;

/// <summary>A reader said something of a derived series: archives and FHIR are to hear it.</summary>
/// <remarks>What, who and why stay in the database.</remarks>
public sealed record ResultJudged
{
    /// <summary>The derived series.</summary>
    public required Guid SeriesId { get; init; }
}
