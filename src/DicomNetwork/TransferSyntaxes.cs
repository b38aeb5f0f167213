using System.Collections.Frozen;

namespace Gateway.DicomNetwork;

/// <summary>The transfer syntaxes of PS3.6 Annex A whose data sets can be stored and forwarded. Nothing here decodes pixels.</summary>
public static class TransferSyntaxes
{
    /// <summary>Implicit VR little endian, the default (PS3.5 §A.1).</summary>
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";

    /// <summary>Explicit VR little endian (PS3.5 §A.2).</summary>
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";

    /// <summary>Deflated explicit VR little endian (PS3.5 §A.5).</summary>
    public const string DeflatedLittleEndian = "1.2.840.10008.1.2.1.99";

    /// <summary>Explicit VR big endian, retired (PS3.5 §A.3).</summary>
    public const string ExplicitBigEndian = "1.2.840.10008.1.2.2";

    private static readonly FrozenSet<string> Names = FrozenSet.Create(
    [
        ImplicitLittleEndian, ExplicitLittleEndian, DeflatedLittleEndian, ExplicitBigEndian,
        "1.2.840.10008.1.2.1.98",    // encapsulated uncompressed
        "1.2.840.10008.1.2.5",       // RLE
        "1.2.840.10008.1.2.8.1",     // deflated image frame
        .. JpegFamily(50, 66),       // JPEG, with its retired processes
        .. JpegFamily(70, 70),       // JPEG lossless SV1
        .. JpegFamily(80, 81),       // JPEG-LS
        .. JpegFamily(90, 95),       // JPEG 2000, JPIP
        .. JpegFamily(100, 108),     // MPEG-2, MPEG-4, HEVC
        "1.2.840.10008.1.2.4.100.1", "1.2.840.10008.1.2.4.101.1", "1.2.840.10008.1.2.4.102.1",    // fragmentable MPEG
        "1.2.840.10008.1.2.4.103.1", "1.2.840.10008.1.2.4.104.1", "1.2.840.10008.1.2.4.105.1", "1.2.840.10008.1.2.4.106.1",
        .. JpegFamily(110, 112),     // JPEG XL
        .. JpegFamily(201, 205),     // HTJ2K, JPIP HTJ2K
    ]);

    /// <summary>Those whose data sets are taken (PS3.5 §10 and Annex A).</summary>
    public static IReadOnlyCollection<string> Known => Names;

    /// <summary>A transfer syntax whose data sets can be stored and forwarded (PS3.6 Annex A).</summary>
    public static bool IsKnown(string uid) => Names.Contains(uid);

    /// <summary>How its data sets are laid out (PS3.5 Annex A).</summary>
    public static DataSetEncoding EncodingOf(string uid) => uid switch
    {
        ImplicitLittleEndian => DataSetEncoding.ImplicitLittleEndian,
        ExplicitBigEndian => DataSetEncoding.ExplicitBigEndian,
        DeflatedLittleEndian or "1.2.840.10008.1.2.4.95" or "1.2.840.10008.1.2.4.205" => DataSetEncoding.DeflatedLittleEndian,
        _ => DataSetEncoding.ExplicitLittleEndian,
    };

    /// <summary>Pixels lie in the data set as they are, so that another uncompressed syntax holds the same image (PS3.5 Annex A).</summary>
    public static bool IsUncompressed(string uid) =>
        uid is ImplicitLittleEndian or ExplicitLittleEndian or ExplicitBigEndian or DeflatedLittleEndian;

    private static IEnumerable<string> JpegFamily(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(n => $"1.2.840.10008.1.2.4.{n}");
}
