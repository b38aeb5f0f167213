namespace Gateway.DicomNetwork;

/// <summary>An association could not be opened, or did not last: the peer is away, too slow, or breaks the protocol (PS3.8 §7).</summary>
public class DicomNetworkException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The same may work later; false when the peer said it never will (PS3.8 Table 9-21).</summary>
    public virtual bool IsTransient => true;
}
