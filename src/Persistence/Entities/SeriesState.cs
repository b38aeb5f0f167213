namespace Gateway.Persistence;

/// <summary>The life of a series (design.md, "Words for states").</summary>
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
}
