namespace Gateway.Persistence;

/// <summary>The state of a study as the worklist shows it; <see cref="StudyLife"/> says how it follows from those of its series.</summary>
public enum WorklistState
{
    /// <summary>More images may come.</summary>
    Receiving,

    /// <summary>All images are here, and work on them is not finished.</summary>
    Received,

    /// <summary>The synthetic series are stored here.</summary>
    Translated,

    /// <summary>Every synthetic series reached its destinations.</summary>
    Delivered,

    /// <summary>A gate held a series, which a person may release.</summary>
    Held,

    /// <summary>Work on a series was given up on.</summary>
    Failed,

    /// <summary>Nothing was for us.</summary>
    Ineligible,
}
