namespace Gateway.Persistence;

/// <summary>How an association ended.</summary>
public enum AssociationOutcome
{
    Open,
    Released,

    /// <summary>A-ABORT from either side, a lost connection, or a listener that died.</summary>
    Aborted,

    /// <summary>Refused by A-ASSOCIATE-RJ; never opened.</summary>
    Rejected,
}
