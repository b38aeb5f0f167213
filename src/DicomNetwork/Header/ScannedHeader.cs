using System.Text;

namespace Gateway.DicomNetwork;

/// <summary>The values that a <see cref="HeaderScan"/> found in a data set that has arrived whole (PS3.5 §7).</summary>
public sealed class ScannedHeader
{
    private readonly IReadOnlyDictionary<HeaderTag, byte[]> _values;
    private readonly bool _bigEndian;

    internal ScannedHeader(
        IReadOnlyDictionary<HeaderTag, byte[]> values, bool bigEndian, string? malformed, long? pixelDataLength, bool pixelDataCut)
    {
        (_values, _bigEndian, Malformed) = (values, bigEndian, malformed);
        PixelDataShort = pixelDataCut || pixelDataLength < ExpectedPixelDataLength();
    }

    /// <summary>Why the data set cannot be parsed; null when it can. Holds no patient data (PS3.5 §7).</summary>
    public string? Malformed { get; }

    /// <summary>Fewer bytes of Pixel Data came than its own length, or the image's size, calls for (PS3.3 §C.7.6.3).</summary>
    public bool PixelDataShort { get; }

    /// <summary>(0008,0016); null when absent or no UID (PS3.3 §C.12.1).</summary>
    public Uid? SopClassUid => GetUid(HeaderTag.SopClassUid);

    /// <summary>(0008,0018); null when absent or no UID (PS3.3 §C.12.1).</summary>
    public Uid? SopInstanceUid => GetUid(HeaderTag.SopInstanceUid);

    /// <summary>(0020,000D); null when absent or no UID (PS3.3 §C.7.2.1).</summary>
    public Uid? StudyInstanceUid => GetUid(HeaderTag.StudyInstanceUid);

    /// <summary>(0020,000E); null when absent or no UID (PS3.3 §C.7.3.1).</summary>
    public Uid? SeriesInstanceUid => GetUid(HeaderTag.SeriesInstanceUid);

    /// <summary>The value in its declared character set as <see cref="PlainText"/>, without padding; null when absent or empty. Several
    /// values stay joined by a backslash (PS3.5 §6.1).</summary>
    public string? GetText(HeaderTag tag)
    {
        if (!_values.TryGetValue(tag, out var bytes))
            return null;
        var text = PlainText.Of(DicomText.Decode(bytes, VrOf(tag), Ascii(HeaderTag.SpecificCharacterSet))).Trim(' ');
        return text.Length == 0 ? null : text;
    }

    /// <summary>An IS value; null when absent or not a number (PS3.5 §6.2).</summary>
    public int? GetInteger(HeaderTag tag) => DicomNumber.TryInteger(Ascii(tag), out int number) ? number : null;

    private Uid? GetUid(HeaderTag tag) => Uid.TryParse(Ascii(tag), out var uid) ? uid : null;

    private string Ascii(HeaderTag tag) => _values.TryGetValue(tag, out var bytes) ? Encoding.ASCII.GetString(bytes) : "";

    /// <summary>Only some representations have the data set's character set; all of those here hold strings of the same kind.</summary>
    private static DicomVR VrOf(HeaderTag tag) => tag switch
    {
        HeaderTag.PatientName => DicomVR.PN,
        HeaderTag.AccessionNumber or HeaderTag.StudyDescription or HeaderTag.SeriesDescription
            or HeaderTag.PatientId or HeaderTag.IssuerOfPatientId => DicomVR.LO,
        _ => DicomVR.CS,
    };

    private double? ExpectedPixelDataLength()
    {
        if (Ascii(HeaderTag.PhotometricInterpretation).Contains("_42", StringComparison.Ordinal))
            return null;    // subsampled chrominance takes less
        var bits = (double?)GetUInt16(HeaderTag.Rows) * GetUInt16(HeaderTag.Columns) * GetUInt16(HeaderTag.BitsAllocated);
        return bits * (GetUInt16(HeaderTag.SamplesPerPixel) ?? 1) * (GetInteger(HeaderTag.NumberOfFrames) ?? 1) / 8;
    }

    private ushort? GetUInt16(HeaderTag tag) =>
        _values.TryGetValue(tag, out var bytes) && bytes.Length >= 2
            ? (ushort)(_bigEndian ? (bytes[0] << 8) | bytes[1] : (bytes[1] << 8) | bytes[0])
            : null;
}
