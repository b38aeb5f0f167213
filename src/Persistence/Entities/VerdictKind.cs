namespace Gateway.Persistence;

/// <summary>What a reader says of a result.</summary>
public enum VerdictKind
{
    /// <summary>It may be used as what it says it is.</summary>
    Accepted,

    /// <summary>It may not be used: it is put aside everywhere.</summary>
    Rejected,

    /// <summary>Words alone; nothing follows from them.</summary>
    Commented,
}
