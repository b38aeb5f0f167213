using System.Text;

namespace Gateway.Dicom;

/// <summary>The character sets of one data set: the values of its Specific Character Set (PS3.5 section 6.1).</summary>
internal sealed class TextEncoding : IEquatable<TextEncoding>
{
    private const byte Escape = 0x1B;
    private const int JapaneseKatakana = 932;
    private readonly string _terms;
    private readonly Encoding _first;
    private readonly bool _firstIsDeclared;
    private readonly bool _extended;

    public TextEncoding(string[] terms)
    {
        _terms = string.Join('\\', terms);
        var first = terms.FirstOrDefault() ?? "";
        _first = DicomEncoding.Reading(DicomEncoding.GetEncoding(first).CodePage);
        _firstIsDeclared = _first.CodePage != DicomEncoding.Default.CodePage || first.Contains("100", StringComparison.Ordinal);
        _extended = terms.Length > 1 || _terms.Contains("2022", StringComparison.Ordinal);
    }

    public static TextEncoding Default { get; } = new([]);

    public static TextEncoding Utf8 { get; } = new(["ISO_IR 192"]);

    /// <summary>What the values of a Specific Character Set say.</summary>
    public static TextEncoding Of(DicomElement charset) => charset.Count == 0 ? Default : new(charset.Get<string[]>());

    public string Decode(ReadOnlySpan<byte> bytes, DicomVR vr)
    {
        if (!vr.IsStringEncoded) return Encoding.Latin1.GetString(bytes);
        return bytes.Contains(Escape) ? DecodeExtended(bytes, vr) : _first.GetString(bytes);
    }

    /// <exception cref="DicomDataException">The character sets cannot express the text.</exception>
    public byte[] Encode(string text, DicomVR vr)
    {
        if (Ascii.IsValid(text)) return Encoding.ASCII.GetBytes(text);
        return vr.IsStringEncoded && TryEncode(text) is { } bytes
            ? bytes : throw new DicomDataException($"A value of VR {vr} cannot be written in the character set '{_terms}'.");
    }

    /// <summary>What was read can be written: undeclared Latin-1 stays that.</summary>
    /// <returns>Null: the character sets cannot express the text.</returns>
    public byte[]? TryEncode(string text)
    {
        var bytes = WithFirst(text);
        if (bytes is not null && _firstIsDeclared) return bytes;
        return (_extended ? EncodeExtended(text) : null) ?? bytes;
    }

    /// <summary>Whether the sets that are declared have all of the text.</summary>
    public bool CanExpress(string text) =>
        Ascii.IsValid(text) || _firstIsDeclared && WithFirst(text) is not null || _extended && EncodeExtended(text) is not null;

    public bool Equals(TextEncoding? other) => _terms == other?._terms;

    public override bool Equals(object? obj) => Equals(obj as TextEncoding);

    public override int GetHashCode() => _terms.GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(TextEncoding? a, TextEncoding? b) => a?._terms == b?._terms;

    public static bool operator !=(TextEncoding? a, TextEncoding? b) => !(a == b);

    /// <summary>The encoding of a code page that throws instead of writing question marks.</summary>
    internal static Encoding Strict(int page)
    {
        var encoding = (Encoding)(page == Encoding.ASCII.CodePage ? Encoding.ASCII : DicomEncoding.CodePage(page)).Clone();
        encoding.EncoderFallback = EncoderFallback.ExceptionFallback;
        return encoding;
    }

    /// <summary>ISO 2022 code extensions (PS3.5 section 6.1.2.5): escape sequences switch the set, delimiters switch back.</summary>
    private string DecodeExtended(ReadOnlySpan<byte> bytes, DicomVR vr)
    {
        var text = new StringBuilder(bytes.Length);
        CodeElement? active = null;
        var start = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var next = bytes[i] == Escape ? At(bytes[(i + 1)..]) : null;
            var toAscii = next is null && (bytes[i..].StartsWith("\e(B"u8) || active is not { Seven: true } && IsDelimiter(bytes[i], vr));
            if (next is null && !toAscii) continue;
            text.Append(active is null ? _first.GetString(bytes[start..i]) : active.Decode(bytes[start..i]));
            active = next;
            start = i + (next?.Length ?? (bytes[i] == Escape ? 3 : 0));
            i = Math.Max(i, start - 1);
        }
        return text.Append(active is null ? _first.GetString(bytes[start..]) : active.Decode(bytes[start..])).ToString();
    }

    private byte[]? WithFirst(string text)
    {
        try
        {
            var bytes = Strict(_first.CodePage).GetBytes(text);
            // the page holds kanji, the set does not
            return _first.CodePage == JapaneseKatakana && bytes.Length > text.Length ? null : bytes;
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>One escape sequence for each run of characters beyond ASCII, where one set has them all.</summary>
    private byte[]? EncodeExtended(string text)
    {
        var sets = CodeElement.Known.Where(
            set => _terms.Split('\\').Any(term => term.EndsWith($" {set.Term}", StringComparison.Ordinal))).ToArray();
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length;)
        {
            var length = 0;
            while (i + length < text.Length && text[i + length] > 0x7F) length++;
            if (length == 0) bytes.Add((byte)text[i++]);
            else if (EncodeRun(text.Substring(i, length), sets) is { } coded) bytes.AddRange(coded);
            else return null;
            i += length;
        }
        return [.. bytes];
    }

    private static byte[]? EncodeRun(string run, CodeElement[] sets)
    {
        if (sets.Select(set => set.Encode(run)).FirstOrDefault(coded => coded is not null) is { } whole) return whole;
        var single = run.EnumerateRunes()
            .Select(rune => sets.Select(set => set.Encode(rune.ToString())).FirstOrDefault(coded => coded is not null)).ToArray();
        return single.All(coded => coded is not null) ? [.. single.SelectMany(coded => coded!)] : null;
    }

    private static CodeElement? At(ReadOnlySpan<byte> afterEscape)
    {
        foreach (var set in CodeElement.Known)
            if (afterEscape.StartsWith(Encoding.ASCII.GetBytes(set.Escape)))
                return set;
        return null;
    }

    private static bool IsDelimiter(byte value, DicomVR vr) => value switch
    {
        (byte)'\r' or (byte)'\n' or (byte)'\f' or (byte)'\t' => true,
        (byte)'\\' => vr.IsMultiValue,
        (byte)'^' or (byte)'=' => vr == DicomVR.PN,
        _ => false,
    };
}
