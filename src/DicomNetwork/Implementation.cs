namespace Gateway.DicomNetwork;

/// <summary>Who we are to a peer (PS3.7 §D.3.3.2): also for the file meta information of what we write.</summary>
public static class Implementation
{
    /// <summary>A UUID-derived UID (PS3.5 §B.2) of our own.</summary>
    public const string ClassUid = "2.25.175210394213508363360205498194580333573";

    /// <summary>At most 16 characters (PS3.7 §D.3.3.2.3).</summary>
    public const string VersionName = "GATEWAY_010";
}
