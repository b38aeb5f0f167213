namespace Gateway.Contracts;

/// <summary>Translate one eligible series.</summary>
/// <remarks>TranslationWorker sends itself one message a series, so that replicas share the work of a study.</remarks>
public sealed record TranslateSeries
{
    public required Guid SeriesId { get; init; }

    /// <summary>The revision of the study that the work was asked for. If the series has a later one, the message is dropped.</summary>
    public required int Revision { get; init; }

    /// <summary>As eligibility said it, such as <c>t2-ct</c>; where it is absent, the series' own counts.</summary>
    public string? Direction { get; init; }
}
