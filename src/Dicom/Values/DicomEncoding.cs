using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Gateway.Dicom;

/// <summary>The .NET encodings of the defined terms of Specific Character Set (0008,0005) (PS3.3 section C.12.1.1.2).</summary>
public static class DicomEncoding
{
    private static readonly Dictionary<int, int> CodePages = new()
    {
        [100] = 28591, [101] = 28592, [109] = 28593, [110] = 28594, [144] = 28595, [127] = 28596, [126] = 28597, [138] = 28598,
        [148] = 28599, [203] = 28605, [166] = 874, [13] = 932, [192] = 65001, [149] = 51949, [58] = 936, [87] = 51932, [159] = 51932,
    };

    private static readonly ConcurrentDictionary<int, Encoding> Readers = [];

    /// <summary>The encoding of data without a declared character set. Bytes beyond ASCII, which such data must not but may hold, are
    /// read as Latin-1 (PS3.3 section C.12.1.1.2).</summary>
    public static Encoding Default => Encoding.Latin1;

    /// <summary>The encoding of one defined term, with the spellings met in the field (<c>ISO IR 192</c>, <c>ISO-IR 100</c>, <c>UTF-8</c>);
    /// the default for terms that are unknown (PS3.3 section C.12.1.1.2).</summary>
    public static Encoding GetEncoding(string charset)
    {
        var term = charset.Trim().ToUpperInvariant();
        if (term == "GB18030") return CodePage(54936);
        if (term is "GBK" or "GB2312") return CodePage(936);
        if (term is "UTF-8" or "UTF8") return CodePage(65001);
        var digits = term[(term.LastIndexOfAny(['R', ' ', '_', '-']) + 1)..];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var registration)
            && CodePages.TryGetValue(registration, out var page) ? CodePage(page) : Default;
    }

    /// <summary>The encoding of a code page for reading what may not be in it.</summary>
    internal static Encoding Reading(int page) => Readers.GetOrAdd(page, static page =>
    {
        var encoding = (Encoding)CodePage(page).Clone();
        encoding.DecoderFallback = new Latin1Fallback();
        return encoding;
    });

    internal static Encoding CodePage(int page) => page switch
    {
        65001 => Encoding.UTF8,
        28591 => Encoding.Latin1,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(page)!,
    };
}
