namespace Gateway.Workshop.Phantom;

/// <summary>What a phantom series says it is. Only the first two are what the gateway translates; the others carry the same
/// pixels under headers that must be turned away.</summary>
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

    /// <summary>Labelled as a chest everywhere.</summary>
    ChestCt,
}
