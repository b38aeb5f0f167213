namespace Gateway.Dicom;

/// <summary>Identifies our software in files and associations (PS3.7 annex D.3.3.2).</summary>
public static class DicomImplementation
{
    /// <summary>2.25 and a UUID made for this project (PS3.5 annex B.2).</summary>
    public static DicomUID ClassUID { get; } = new(
        "2.25.175210394213508363360205498194580333573", "Gateway implementation class", DicomUidType.Unknown);

    /// <summary>The implementation version name (PS3.7 annex D.3.3.2.3): at most 16 characters.</summary>
    public static string Version => "GATEWAY_010";
}
