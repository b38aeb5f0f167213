namespace Gateway.Persistence;

/// <summary>Where a series stands; <see cref="SeriesLife"/> says how it comes from one state to the next.</summary>
public enum SeriesState
{
    Receiving,
    Received,

    /// <summary>A rule says it is not for us; no alert.</summary>
    Ineligible,
    Queued,
    Translating,

    /// <summary>A gate said no; a person may release it.</summary>
    Held,
    Translated,
    Delivering,
    Delivered,

    /// <summary>An error: the work is parked and can be replayed.</summary>
    Failed,

    /// <summary>More images of its source have come since it was derived, or another model made it anew, or a reader rejected it; it
    /// is not sent any more.</summary>
    Superseded,
}
