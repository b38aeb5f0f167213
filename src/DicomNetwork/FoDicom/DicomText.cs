namespace Gateway.DicomNetwork;

/// <summary>Text outside a data set, by fo-dicom's own encodings (PS3.5 §6.1).</summary>
public static class DicomText
{
    /// <summary>A value field as text (PS3.5 §6.1).</summary>
    /// <param name="characterSets">All values of (0008,0005), joined by backslashes; empty when it is absent.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, DicomVR vr, string characterSets) => vr == DicomVR.LO
        ? new DicomLongString(DicomTag.SeriesDescription, Sets(characterSets), new MemoryByteBuffer(bytes.ToArray())).Get<string>()
        : System.Text.Encoding.Latin1.GetString(bytes);

    /// <summary>The bytes of a text; null when the sets cannot express it (PS3.5 §6.1).</summary>
    /// <inheritdoc cref="Decode"/>
    public static byte[]? Encode(string text, string characterSets)
    {
        var first = Sets(characterSets)[0];
        var bytes = first.GetBytes(text);
        return first.GetString(bytes) == text ? bytes : null;
    }

    /// <summary>Whether the sets have every character of the text (PS3.5 §6.1).</summary>
    /// <inheritdoc cref="Decode"/>
    public static bool CanExpress(string text, string characterSets) => Encode(text, characterSets) is not null;

    private static System.Text.Encoding[] Sets(string characterSets) => DicomEncoding.GetEncodings(characterSets.Split('\\'));
}
