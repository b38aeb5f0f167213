namespace Gateway.Contracts;

/// <summary>Translate one eligible series.</summary>
/// <remarks>Sent by TranslationWorker to itself, one a series, so that replicas share a study's work.</remarks>
public sealed record TranslateSeries
{
    public required Guid SeriesId { get; init; }

    /// <summary>The study's revision this was asked for; an older one than the series' own is dropped.</summary>
    public required int Revision { get; init; }

    /// <summary>As eligibility said it, such as <c>t2-ct</c>; where it is absent, the series' own counts.</summary>
    public string? Direction { get; init; }
}
