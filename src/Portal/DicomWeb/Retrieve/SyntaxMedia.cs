namespace Gateway.Portal.DicomWeb;

/// <summary>Transfer syntaxes as media types (PS3.18 tables 8.7.3-2 and 8.7.3-5).</summary>
internal static class SyntaxMedia
{
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    public const string OctetStream = "application/octet-stream";

    /// <summary>Of a frame's bytes as they are stored; what is not compressed is a stream of octets.</summary>
    public static string Of(string syntax) => syntax switch
    {
        "1.2.840.10008.1.2.4.50" or "1.2.840.10008.1.2.4.51" or "1.2.840.10008.1.2.4.57" or "1.2.840.10008.1.2.4.70" => "image/jpeg",
        "1.2.840.10008.1.2.4.80" or "1.2.840.10008.1.2.4.81" => "image/jls",
        "1.2.840.10008.1.2.4.90" or "1.2.840.10008.1.2.4.91" => "image/jp2",
        "1.2.840.10008.1.2.4.92" or "1.2.840.10008.1.2.4.93" => "image/jpx",
        "1.2.840.10008.1.2.4.201" or "1.2.840.10008.1.2.4.202" or "1.2.840.10008.1.2.4.203" => "image/jphc",
        "1.2.840.10008.1.2.5" => "image/dicom-rle",
        _ => OctetStream,
    };

    /// <summary>What is sent to who takes an object as it is stored: implicit VR and big endian are not for the web (PS3.18 section
    /// 8.7.3.3).</summary>
    public static string AsSent(string stored) => stored is "1.2.840.10008.1.2" or "1.2.840.10008.1.2.2" ? ExplicitLittleEndian : stored;

    /// <summary>What is sent of an object that is stored so to who takes <paramref name="asked"/>; null where that is another
    /// compression.</summary>
    /// <param name="stored">UID of the transfer syntax.</param>
    /// <param name="asked">UID, <c>*</c>, or null for the default, which is not compressed (PS3.18 section 8.7.3.3.2).</param>
    public static string? Negotiate(string stored, string? asked) => asked switch
    {
        "*" => AsSent(stored),
        null or ExplicitLittleEndian => ExplicitLittleEndian,
        _ => asked == stored && AsSent(stored) == stored ? stored : null,
    };
}
