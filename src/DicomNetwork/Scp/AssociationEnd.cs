namespace Gateway.DicomNetwork;

/// <summary>How an accepted association ended (PS3.8 §7.2 to §7.4).</summary>
public enum AssociationEnd
{
    /// <summary>The peer said it was done (A-RELEASE) (PS3.8 §7.2).</summary>
    Released,

    /// <summary>The peer sent A-ABORT (PS3.8 §7.3).</summary>
    AbortedByPeer,

    /// <summary>We sent A-ABORT: the peer broke the protocol (PS3.8 §7.4).</summary>
    ProtocolError,

    /// <summary>We sent A-ABORT: the peer was silent for too long (PS3.8 §7.3).</summary>
    TimedOut,

    /// <summary>We sent A-ABORT: the server stops (PS3.8 §7.3).</summary>
    Stopped,

    /// <summary>The connection broke (PS3.8 §7.4).</summary>
    ConnectionLost,
}
