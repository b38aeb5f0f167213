using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>What came of a person's wish to release a series.</summary>
internal enum ReleaseResult
{
    Released,
    NoSuchSeries,

    /// <summary>It is not held, or not any more.</summary>
    NotHeld,

    /// <summary>Whose study it is has to be said first.</summary>
    PatientConflict,

    /// <summary>Its registration has no way back: nobody can release it.</summary>
    Final,
}

/// <param name="Series">As it was before; null when there is none.</param>
internal sealed record ReleaseOutcome(ReleaseResult Result, Series? Series = null);
