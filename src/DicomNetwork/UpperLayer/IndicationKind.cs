namespace Gateway.DicomNetwork;

/// <summary>What the upper layer tells its user (the indications and confirmations of PS3.8 §7), and the ends of a wait that are not the
/// peer's doing.</summary>
internal enum IndicationKind
{
    /// <summary>A-ASSOCIATE indication.</summary>
    Associate,

    /// <summary>A-ASSOCIATE confirmation: accepted.</summary>
    Accepted,

    /// <summary>A-ASSOCIATE confirmation: rejected.</summary>
    Rejected,

    /// <summary>P-DATA indication.</summary>
    Data,

    /// <summary>A-RELEASE indication.</summary>
    Release,

    /// <summary>A-RELEASE confirmation.</summary>
    Released,

    /// <summary>A-ABORT indication: the peer aborted.</summary>
    Aborted,

    /// <summary>A-P-ABORT: the peer broke the protocol and was told so.</summary>
    ProtocolError,

    /// <summary>The transport connection is gone.</summary>
    Lost,

    /// <summary>Nothing came in time.</summary>
    Expired,

    /// <summary>The wait was interrupted by us.</summary>
    Interrupted,
}
