namespace Gateway.Workshop.Phantom;

/// <summary>Which head to make. Everything about the anatomy and its appearance follows from these values alone.</summary>
public sealed record PhantomOptions
{
    /// <summary>Same seed, same head, same pixels.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Puts a calcified ball of 4 mm radius into the <b>left</b> frontal white matter, at LPS (+28, -34, +14) mm:
    /// the one thing in the phantom that tells left from right for certain.</summary>
    public bool LeftMarker { get; init; }
}
