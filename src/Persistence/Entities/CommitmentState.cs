namespace Gateway.Persistence;

/// <summary>How far a storage commitment is that a peer asked of us.</summary>
public enum CommitmentState
{
    /// <summary>The peer has not been told yet what we keep.</summary>
    Due,

    /// <summary>The peer has been told.</summary>
    Reported,

    /// <summary>Given up: the peer refuses the report again and again, or no address is known. The peer may ask again.</summary>
    Parked,
}
