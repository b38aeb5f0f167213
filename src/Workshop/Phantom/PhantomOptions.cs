namespace Gateway.Workshop.Phantom;

/// <summary>Which head to make. Everything about the anatomy and its appearance follows from these values alone.</summary>
public sealed record PhantomOptions
{
    /// <summary>The same seed gives the same head and the same pixels.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Puts a calcified ball of 4 mm radius into the <b>left</b> frontal white matter, at LPS (+28,
    /// -34, +14) mm. Nothing else in the
    /// phantom tells left from right for certain.</summary>
    public bool LeftMarker { get; init; }

    /// <summary>Null for a healthy native head.</summary>
    public PhantomFindings? Findings { get; init; }
}
