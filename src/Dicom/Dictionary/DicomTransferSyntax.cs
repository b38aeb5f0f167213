namespace Gateway.Dicom;

/// <summary>How a data set is turned into bytes (PS3.5 section 10 and annex A).</summary>
public sealed class DicomTransferSyntax : IEquatable<DicomTransferSyntax>
{
    /// <summary>The default: implicit VR, little endian (PS3.5 annex A.1).</summary>
    public static readonly DicomTransferSyntax ImplicitVRLittleEndian = Native("1.2.840.10008.1.2", isExplicit: false);
    /// <summary>Explicit VR, little endian (PS3.5 annex A.2).</summary>
    public static readonly DicomTransferSyntax ExplicitVRLittleEndian = Native("1.2.840.10008.1.2.1");
    /// <summary>Explicit VR, little endian, deflated (PS3.5 annex A.5).</summary>
    public static readonly DicomTransferSyntax DeflatedExplicitVRLittleEndian = Native("1.2.840.10008.1.2.1.99", deflate: true);
    /// <summary>Explicit VR, big endian (PS3.5 annex A.3, retired).</summary>
    public static readonly DicomTransferSyntax ExplicitVRBigEndian = Native("1.2.840.10008.1.2.2", bigEndian: true);
    /// <summary>JPEG baseline, 8 bits (PS3.5 annex A.4.1).</summary>
    public static readonly DicomTransferSyntax JPEGProcess1 = Encapsulated("1.2.840.10008.1.2.4.50", lossy: true);
    /// <summary>JPEG extended, up to 12 bits (PS3.5 annex A.4.1).</summary>
    public static readonly DicomTransferSyntax JPEGProcess2_4 = Encapsulated("1.2.840.10008.1.2.4.51", lossy: true);
    /// <summary>JPEG lossless, any predictor (PS3.5 annex A.4.1).</summary>
    public static readonly DicomTransferSyntax JPEGProcess14 = Encapsulated("1.2.840.10008.1.2.4.57");
    /// <summary>JPEG lossless, first-order prediction (PS3.5 annex A.4.1).</summary>
    public static readonly DicomTransferSyntax JPEGProcess14SV1 = Encapsulated("1.2.840.10008.1.2.4.70");
    /// <summary>JPEG-LS lossless (PS3.5 annex A.4.3).</summary>
    public static readonly DicomTransferSyntax JPEGLSLossless = Encapsulated("1.2.840.10008.1.2.4.80");
    /// <summary>JPEG-LS near-lossless (PS3.5 annex A.4.3).</summary>
    public static readonly DicomTransferSyntax JPEGLSNearLossless = Encapsulated("1.2.840.10008.1.2.4.81", lossy: true);
    /// <summary>JPEG 2000, lossless only (PS3.5 annex A.4.4).</summary>
    public static readonly DicomTransferSyntax JPEG2000Lossless = Encapsulated("1.2.840.10008.1.2.4.90");
    /// <summary>JPEG 2000 (PS3.5 annex A.4.4).</summary>
    public static readonly DicomTransferSyntax JPEG2000Lossy = Encapsulated("1.2.840.10008.1.2.4.91", lossy: true);
    /// <summary>High-throughput JPEG 2000, lossless only (PS3.5 annex A.4.4).</summary>
    public static readonly DicomTransferSyntax HTJ2KLossless = Encapsulated("1.2.840.10008.1.2.4.201");
    /// <summary>High-throughput JPEG 2000, lossless only, in RPCL order (PS3.5 annex A.4.4).</summary>
    public static readonly DicomTransferSyntax HTJ2KLosslessRPCL = Encapsulated("1.2.840.10008.1.2.4.202");
    /// <summary>High-throughput JPEG 2000 (PS3.5 annex A.4.4).</summary>
    public static readonly DicomTransferSyntax HTJ2K = Encapsulated("1.2.840.10008.1.2.4.203", lossy: true);
    /// <summary>Run lengths, lossless (PS3.5 annex A.4.2).</summary>
    public static readonly DicomTransferSyntax RLELossless = Encapsulated("1.2.840.10008.1.2.5");

    private static readonly Dictionary<string, DicomTransferSyntax> Known = ((DicomTransferSyntax[])
        [ImplicitVRLittleEndian, ExplicitVRLittleEndian, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, JPEGProcess1, JPEGProcess2_4,
         JPEGProcess14, JPEGProcess14SV1, JPEGLSLossless, JPEGLSNearLossless, JPEG2000Lossless, JPEG2000Lossy, HTJ2KLossless,
         HTJ2KLosslessRPCL, HTJ2K, RLELossless]).ToDictionary(syntax => syntax.UID.UID, StringComparer.Ordinal);

    private DicomTransferSyntax(DicomUID uid) => UID = uid;

    /// <summary>Its UID (PS3.6 annex A).</summary>
    public DicomUID UID { get; }

    /// <summary>Elements name their VR (PS3.5 section 7.1.2).</summary>
    public bool IsExplicitVR { get; private init; } = true;

    /// <summary>Pixel Data is a sequence of compressed fragments (PS3.5 annex A.4).</summary>
    public bool IsEncapsulated { get; private init; }

    /// <summary>Pixels may differ from what was compressed (PS3.5 section 8.2).</summary>
    public bool IsLossy { get; private init; }

    /// <summary>The whole data set is deflated (PS3.5 annex A.5).</summary>
    public bool IsDeflate { get; private init; }

    internal bool IsBigEndian { get; private init; }

    /// <summary>The syntax of that UID (PS3.5 section 10).</summary>
    /// <exception cref="DicomDataException">The text is no UID.</exception>
    public static DicomTransferSyntax Parse(string uid) => Lookup(DicomUID.Parse(uid));

    /// <summary>The syntax with that UID. One that is not listed here is taken for encapsulated explicit little endian, as PS3.5 section 10
    /// demands of every later one.</summary>
    public static DicomTransferSyntax Lookup(DicomUID uid) =>
        Known.TryGetValue(uid.UID, out var known) ? known : new(uid) { IsEncapsulated = true };

    /// <summary>Its UID (PS3.6 annex A).</summary>
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
