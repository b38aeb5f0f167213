namespace Gateway.Persistence;

/// <summary>Whose fault it is that work failed, which says what becomes of it.</summary>
public enum FaultClass
{
    /// <summary>The message's own, or the code's: it would fail in the same way every time, and is parked after one try.</summary>
    Ours,

    /// <summary>Something that the work needs is away: tried again at once, and then waited for as long as it takes.</summary>
    Theirs,

    /// <summary>Two came at the same time: tried again at once, against what the other one wrote.</summary>
    Nobodys,
}
