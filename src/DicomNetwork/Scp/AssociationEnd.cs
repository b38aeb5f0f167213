namespace Gateway.DicomNetwork;

/// <summary>How an accepted association ended.</summary>
public enum AssociationEnd
{
    /// <summary>The peer said it was done (A-RELEASE).</summary>
    Released,

    /// <summary>The peer sent A-ABORT.</summary>
    AbortedByPeer,

    /// <summary>We sent A-ABORT: the peer broke the protocol.</summary>
    ProtocolError,

    /// <summary>We sent A-ABORT: the peer was silent for too long.</summary>
    TimedOut,

    /// <summary>We sent A-ABORT: the server stops.</summary>
    Stopped,

    /// <summary>The connection broke.</summary>
    ConnectionLost,
}
