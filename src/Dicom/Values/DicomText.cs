using System.Text;

namespace Gateway.Dicom;

/// <summary>Text outside a data set, in the character sets that a Specific Character Set (0008,0005) names (PS3.5 section 6.1).</summary>
public static class DicomText
{
    private const byte Escape = 0x1B;

    /// <summary>A value field as text, escape sequences obeyed (PS3.5 section 6.1.2.5). Bytes that the sets do
    /// not have are read as Latin-1;
    /// padding is kept.</summary>
    /// <param name="characterSets">All values of (0008,0005), joined by backslashes; empty when it is absent.</param>
    public static string Decode(
        ReadOnlySpan<byte> bytes, DicomVR vr, string characterSets) => Ascii.IsValid(bytes) && !bytes.Contains(Escape)
        ? Encoding.ASCII.GetString(bytes) : Of(characterSets).Decode(bytes, vr);

    /// <summary>The bytes that such a data set has for a text, undeclared Latin-1 included; null when its sets cannot express it (PS3.5
    /// section 6.1).</summary>
    /// <inheritdoc cref="Decode"/>
    public static byte[]? Encode(string text, string characterSets) => Of(characterSets).TryEncode(text);

    /// <summary>Whether the sets have every character of the text, by declaration (PS3.5 section 6.1).</summary>
    /// <inheritdoc cref="Decode"/>
    public static bool CanExpress(string text, string characterSets) => Of(characterSets).CanExpress(text);

    private static TextEncoding Of(string characterSets) => new(characterSets.Split('\\'));
}
