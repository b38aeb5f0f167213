namespace Gateway.DicomNetwork;

/// <summary>Failure Reason (0008,1197) of an instance that is not committed to (PS3.3 §C.14.1.1).</summary>
public static class CommitmentFailure
{
    /// <summary>We could not find out (PS3.3 §C.14.1.1).</summary>
    public const ushort ProcessingFailure = 0x0110;

    /// <summary>We do not have it (PS3.3 §C.14.1.1).</summary>
    public const ushort NoSuchObjectInstance = 0x0112;

    /// <summary>We have it, as another SOP class (PS3.3 §C.14.1.1).</summary>
    public const ushort ClassInstanceConflict = 0x0119;
}
