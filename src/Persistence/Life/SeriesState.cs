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

    /// <summary>An error; parked, replayable.</summary>
    Failed,

    /// <summary>Derived from fewer images than have come since; it is not sent any more.</summary>
    Superseded,
}
