namespace Gateway.Dicom;

/// <summary>How a data set is turned into bytes (PS3.5 section 10 and annex A).</summary>
public sealed class DicomTransferSyntax : IEquatable<DicomTransferSyntax>
{
    public static readonly DicomTransferSyntax ImplicitVRLittleEndian = Native("1.2.840.10008.1.2", isExplicit: false);
    public static readonly DicomTransferSyntax ExplicitVRLittleEndian = Native("1.2.840.10008.1.2.1");
    public static readonly DicomTransferSyntax DeflatedExplicitVRLittleEndian = Native("1.2.840.10008.1.2.1.99", deflate: true);
    public static readonly DicomTransferSyntax ExplicitVRBigEndian = Native("1.2.840.10008.1.2.2", bigEndian: true);
    public static readonly DicomTransferSyntax JPEGProcess1 = Encapsulated("1.2.840.10008.1.2.4.50", lossy: true);
    public static readonly DicomTransferSyntax JPEGProcess2_4 = Encapsulated("1.2.840.10008.1.2.4.51", lossy: true);
    public static readonly DicomTransferSyntax JPEGProcess14 = Encapsulated("1.2.840.10008.1.2.4.57");
    public static readonly DicomTransferSyntax JPEGProcess14SV1 = Encapsulated("1.2.840.10008.1.2.4.70");
    public static readonly DicomTransferSyntax JPEGLSLossless = Encapsulated("1.2.840.10008.1.2.4.80");
    public static readonly DicomTransferSyntax JPEGLSNearLossless = Encapsulated("1.2.840.10008.1.2.4.81", lossy: true);
    public static readonly DicomTransferSyntax JPEG2000Lossless = Encapsulated("1.2.840.10008.1.2.4.90");
    public static readonly DicomTransferSyntax JPEG2000Lossy = Encapsulated("1.2.840.10008.1.2.4.91", lossy: true);
    public static readonly DicomTransferSyntax HTJ2KLossless = Encapsulated("1.2.840.10008.1.2.4.201");
    public static readonly DicomTransferSyntax HTJ2KLosslessRPCL = Encapsulated("1.2.840.10008.1.2.4.202");
    public static readonly DicomTransferSyntax HTJ2K = Encapsulated("1.2.840.10008.1.2.4.203", lossy: true);
    public static readonly DicomTransferSyntax RLELossless = Encapsulated("1.2.840.10008.1.2.5");

    private static readonly Dictionary<string, DicomTransferSyntax> Known = ((DicomTransferSyntax[])
        [ImplicitVRLittleEndian, ExplicitVRLittleEndian, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, JPEGProcess1, JPEGProcess2_4,
         JPEGProcess14, JPEGProcess14SV1, JPEGLSLossless, JPEGLSNearLossless, JPEG2000Lossless, JPEG2000Lossy, HTJ2KLossless,
         HTJ2KLosslessRPCL, HTJ2K, RLELossless]).ToDictionary(syntax => syntax.UID.UID, StringComparer.Ordinal);

    private DicomTransferSyntax(DicomUID uid) => UID = uid;

    public DicomUID UID { get; }

    public bool IsExplicitVR { get; private init; } = true;

    /// <summary>Pixel Data is a sequence of compressed fragments (PS3.5 annex A.4).</summary>
    public bool IsEncapsulated { get; private init; }

    public bool IsLossy { get; private init; }

    public bool IsDeflate { get; private init; }

    internal bool IsBigEndian { get; private init; }

    /// <exception cref="DicomDataException">The text is no UID.</exception>
    public static DicomTransferSyntax Parse(string uid) => Lookup(DicomUID.Parse(uid));

    /// <summary>The syntax of that name; one not listed here counts as encapsulated explicit little endian, which PS3.5 section 10
    /// makes every later one.</summary>
    public static DicomTransferSyntax Lookup(DicomUID uid) =>
        Known.TryGetValue(uid.UID, out var known) ? known : new(uid) { IsEncapsulated = true };

    public static bool operator ==(DicomTransferSyntax? a, DicomTransferSyntax? b) => a?.UID == b?.UID;

    public static bool operator !=(DicomTransferSyntax? a, DicomTransferSyntax? b) => !(a == b);

    public bool Equals(DicomTransferSyntax? other) => this == other;

    public override bool Equals(object? obj) => Equals(obj as DicomTransferSyntax);

    public override int GetHashCode() => UID.GetHashCode();

    public override string ToString() => UID.Name;

    private static DicomTransferSyntax Native(string uid, bool isExplicit = true, bool bigEndian = false, bool deflate = false) =>
        new(DicomUID.Parse(uid)) { IsExplicitVR = isExplicit, IsBigEndian = bigEndian, IsDeflate = deflate };

    private static DicomTransferSyntax Encapsulated(string uid, bool lossy = false) =>
        new(DicomUID.Parse(uid)) { IsEncapsulated = true, IsLossy = lossy };
}
