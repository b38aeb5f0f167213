namespace Gateway.Persistence;

/// <summary>Where a storage commitment asked of us stands.</summary>
public enum CommitmentState
{
    /// <summary>The peer has not heard yet what we keep.</summary>
    Due,

    /// <summary>It has.</summary>
    Reported,

    /// <summary>Given up on: it cannot be reached, or nobody said where. The peer may ask again.</summary>
    Parked,
}
