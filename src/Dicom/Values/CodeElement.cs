using System.Text;

namespace Gateway.Dicom;

/// <summary>A character set that an ISO 2022 escape sequence switches to (PS3.3 table C.12-3 and C.12-4).</summary>
/// <param name="Escape">The sequence after the escape character.</param>
/// <param name="Term">The number in the defined term <c>ISO 2022 IR n</c>.</param>
/// <param name="Page">The .NET code page that holds the set.</param>
/// <param name="Seven">True: a character's two bytes have seven bits and replace ASCII; in the code page they
/// have the eighth bit set.</param>
/// <param name="FirstOnly">The code page has that bit set in the first byte only (JIS X 0212 in page 20932).</param>
internal sealed record CodeElement(string Escape, int Term, int Page, bool Seven = false, bool FirstOnly = false)
{
    private const byte EscapeCharacter = 0x1B;

    public static CodeElement[] Known { get; } =
    [
        new("(J", 13, 932), new(")I", 13, 932), new("$B", 87, 51932, Seven: true), new("$(D", 159, 20932, Seven: true, FirstOnly: true),
        new("$)C", 149, 51949), new("$)A", 58, 936), new("-A", 100, 28591), new("-B", 101, 28592), new("-C", 109, 28593),
        new("-D", 110, 28594),
        new("-L", 144, 28595), new("-G", 127, 28596), new("-F", 126, 28597), new("-H", 138, 28598), new("-M", 148, 28599),
        new("-b", 203, 28605), new("-T", 166, 874),
    ];

    /// <summary>Length of the sequence, including the escape character.</summary>
    public int Length => Escape.Length + 1;

    public string Decode(ReadOnlySpan<byte> bytes)
    {
        var encoding = DicomEncoding.Reading(Page);
        if (!Seven) return encoding.GetString(bytes);
        var eight = bytes.ToArray();
        for (var i = 0; i < eight.Length; i += FirstOnly ? 2 : 1) eight[i] |= 0x80;
        return encoding.GetString(eight);
    }

    /// <summary>The escape sequence and the text, followed by the switch back to ASCII; null if the set cannot express the text.</summary>
    public byte[]? Encode(string text)
    {
        byte[] bytes;
        try
        {
            bytes = TextEncoding.Strict(Page).GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
        // The pages hold more than the set: halfwidth katakana, and each also the other set of double bytes.
        if (Seven && !bytes.Index().All(b => FirstOnly && b.Index % 2 == 1 ? b.Item < 0x80 : b.Item > 0xA0)
            || Term == 13 && bytes.Length > text.Length)
            return null;
        if (Seven) bytes = Array.ConvertAll(bytes, b => (byte)(b & 0x7F));
        return [EscapeCharacter, .. Encoding.ASCII.GetBytes(Escape), .. bytes, .. Seven ? "\e(B"u8 : []];
    }
}
