using System.Globalization;

namespace Gateway.Portal.DicomWeb;

/// <summary>One entry of an Accept header (PS3.18 section 8.7.4). Callers leave out the quotes that a type as a parameter needs: the
/// parser of HTTP would not take it.</summary>
/// <param name="Type">In lower case, such as <c>multipart/related</c> or <c>*/*</c>.</param>
/// <param name="Of">Of multipart, the type of the parts; else null.</param>
/// <param name="TransferSyntax">A UID or <c>*</c>; null where nothing is said.</param>
/// <param name="Quality">0 (never) to 1.</param>
internal sealed record MediaRange(string Type, string? Of, string? TransferSyntax, double Quality)
{
    public const string Multipart = "multipart/related";

    /// <summary>More is no preference but an attack.</summary>
    private const int MostRanges = 64;

    public bool IsAny => Type == "*/*";

    /// <summary>The type of what is sent, whether in parts or alone.</summary>
    public string Content => Type == Multipart ? Of ?? "*/*" : Type;

    /// <summary>The entries in the order of preference, without those that are refused.</summary>
    public static IReadOnlyList<MediaRange> ParseAll(string header) =>
        [.. Split(header, ',').Take(MostRanges).Select(Parse).Where(range => range.Quality > 0).OrderByDescending(range => range.Quality)];

    private static MediaRange Parse(string entry)
    {
        var parts = Split(entry, ';').Select(part => part.Trim()).ToList();
        var parameters = parts.Skip(1).Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0].Trim().ToLowerInvariant(), pair => pair[1].Trim().Trim('"'));
        var quality = double.TryParse(
            parameters["q"].FirstOrDefault("1"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) ? q : 1;
        return new(
            parts[0].ToLowerInvariant(), parameters["type"].FirstOrDefault()?.ToLowerInvariant(),
            parameters["transfer-syntax"].FirstOrDefault(), Math.Clamp(quality, 0, 1));
    }

    /// <summary>At the separators that are not between quotes, without empty parts.</summary>
    private static List<string> Split(string text, char separator)
    {
        var (parts, start, quoted) = (new List<string>(), 0, false);
        for (var i = 0; i <= text.Length; i++)
            if (i == text.Length || (text[i] == separator && !quoted))
            {
                if (text[start..i].Trim().Length > 0)
                    parts.Add(text[start..i]);
                start = i + 1;
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
        return parts;
    }
}
