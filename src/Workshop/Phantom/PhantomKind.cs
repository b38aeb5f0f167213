namespace Gateway.Workshop.Phantom;

/// <summary>The kind of series that a phantom claims to be. The gateway translates only the first two. The
/// others carry the same pixels under
/// headers that must be rejected.</summary>
public enum PhantomKind
{
    /// <summary>Axial fast spin echo, TE 100 ms, TR 4500 ms.</summary>
    T2,

    /// <summary>Head without contrast agent.</summary>
    HeadCt,

    /// <summary>TE 10 ms, TR 500 ms.</summary>
    T1,

    /// <summary>TE 15 ms, TR 3000 ms.</summary>
    ProtonDensity,

    /// <summary>TE 120 ms, TR 9000 ms, TI 2500 ms.</summary>
    Flair,

    /// <summary>Head with a contrast agent.</summary>
    ContrastCt,

    /// <summary>Labelled as a chest in all attributes.</summary>
    ChestCt,
}
