using System.Globalization;
using System.Text;

namespace Gateway.DicomNetwork;

/// <summary>The values that a <see cref="HeaderScan"/> found in a data set that has arrived whole (PS3.5 §7).</summary>
public sealed class ScannedHeader
{
    private readonly IReadOnlyDictionary<HeaderTag, byte[]> _values;
    private readonly bool _bigEndian;
    private readonly Encoding _text;

    internal ScannedHeader(
        IReadOnlyDictionary<HeaderTag, byte[]> values, bool bigEndian, string? malformed, long? pixelDataLength, bool pixelDataCut)
    {
        (_values, _bigEndian, Malformed) = (values, bigEndian, malformed);
        _text = TextEncoding(Decode(Encoding.ASCII, HeaderTag.SpecificCharacterSet));
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

    /// <summary>The value in its declared character set, without padding and control characters (which a database may refuse); null when
    /// absent or empty. Several values stay joined by a backslash (PS3.5 §6.1).</summary>
    public string? GetText(HeaderTag tag)
    {
        var text = new string([.. Decode(_text, tag).Where(c => !char.IsControl(c))]).Trim(' ');
        return text.Length == 0 ? null : text;
    }

    /// <summary>An IS value; null when absent or not a number (PS3.5 §6.2).</summary>
    public int? GetInteger(HeaderTag tag) =>
        int.TryParse(GetText(tag), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private Uid? GetUid(HeaderTag tag) => Uid.TryParse(Decode(Encoding.ASCII, tag), out var uid) ? uid : null;

    private string Decode(Encoding encoding, HeaderTag tag) =>
        _values.TryGetValue(tag, out var bytes) ? encoding.GetString(bytes) : "";

    private double? ExpectedPixelDataLength()
    {
        if (Decode(Encoding.ASCII, HeaderTag.PhotometricInterpretation).Contains("_42", StringComparison.Ordinal))
            return null;    // subsampled chrominance takes less
        var bits = (double?)GetUInt16(HeaderTag.Rows) * GetUInt16(HeaderTag.Columns) * GetUInt16(HeaderTag.BitsAllocated);
        return bits * (GetUInt16(HeaderTag.SamplesPerPixel) ?? 1) * (GetInteger(HeaderTag.NumberOfFrames) ?? 1) / 8;
    }

    private ushort? GetUInt16(HeaderTag tag) =>
        _values.TryGetValue(tag, out var bytes) && bytes.Length >= 2
            ? (ushort)(_bigEndian ? (bytes[0] << 8) | bytes[1] : (bytes[1] << 8) | bytes[0])
            : null;

    /// <summary>The one term, or with code extensions (ISO 2022) the first that says something: good enough for what lists show.</summary>
    private static Encoding TextEncoding(string characterSets) =>
        DicomEncoding.GetEncoding(characterSets.Split('\\').FirstOrDefault(term => term.Trim().Length > 0) ?? "");
}
