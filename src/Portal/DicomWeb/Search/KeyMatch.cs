using System.Globalization;

namespace Gateway.Portal.DicomWeb;

/// <summary>A key and what it must be like.</summary>
/// <param name="Values">UIDs, words, one text or one number; empty for a range.</param>
/// <param name="From">Of a range, the first day or time; null without a bound.</param>
/// <param name="To">Of a range, the last day or time; null without a bound.</param>
internal sealed record KeyMatch(QueryKey Key, IReadOnlyList<string> Values, string? From = null, string? To = null)
{
    /// <summary>More would be no question a person asks, and costs the database.</summary>
    private const int MostWildcards = 8;

    private const int LongestText = 256;
    private const int LongestUid = 64;
    private const string EndOfDay = "235959.999999";
    private static readonly char[] Lists = [',', '\\'];

    public string Value => Values[0];

    public int Number => int.Parse(Value, CultureInfo.InvariantCulture);

    /// <summary>Reads a value that is not empty.</summary>
    /// <param name="error">A sentence when it is not a value of this key.</param>
    public static KeyMatch? Read(QueryKey key, string value, out string? error)
    {
        var match = key.Kind switch
        {
            KeyKind.Uid => ReadList(key, value, IsUid),
            KeyKind.Code => ReadList(key, value, word => IsText(word) && !word.Contains('?', StringComparison.Ordinal)),
            KeyKind.Date => ReadRange(key, value, IsDay),
            KeyKind.Time => ReadRange(key, value, IsTime),
            KeyKind.Number => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? new(key, [number.ToString(CultureInfo.InvariantCulture)])
                : null,
            _ => IsText(value) ? new KeyMatch(key, [value]) : null,
        };
        error = match is null ? Expected(key.Kind) : null;
        return match;
    }

    private static string Expected(KeyKind kind) => kind switch
    {
        KeyKind.Uid => "One UID or more, separated by commas.",
        KeyKind.Code => "One word or more, separated by commas, without wildcards.",
        KeyKind.Date => "YYYYMMDD, or a range of these: a-b, a- or -b.",
        KeyKind.Time => "HH, HHMM, HHMMSS or HHMMSS.FFFFFF, or a range of these: a-b, a- or -b.",
        KeyKind.Number => "A whole number.",
        _ => $"At most {LongestText} characters, with at most {MostWildcards} wildcards.",
    };

    private static KeyMatch? ReadList(QueryKey key, string value, Predicate<string> isOne)
    {
        string[] parts = [.. value.Split(Lists).Select(part => part.Trim(' '))];
        return Array.TrueForAll(parts, part => part.Length > 0 && !part.Contains('*', StringComparison.Ordinal) && isOne(part))
            ? new(key, parts)
            : null;
    }

    private static KeyMatch? ReadRange(QueryKey key, string value, Predicate<string> isOne)
    {
        var (parts, isTime) = (value.Split('-'), key.Kind == KeyKind.Time);
        if (parts.Length > 2 || Array.TrueForAll(parts, part => part.Length == 0)
            || !Array.TrueForAll(parts, part => part.Length == 0 || isOne(part)))
            return null;
        var (from, to) = (parts[0], parts[^1]);
        return new(key, [], from.Length > 0 ? from : null, to.Length == 0 ? null : isTime ? LastOf(to) : to);
    }

    /// <summary>The last instant of a minute or an hour (PS3.4 section C.2.2.2.5.1).</summary>
    private static string LastOf(string time) => time.Contains('.', StringComparison.Ordinal)
        ? time.PadRight(EndOfDay.Length, '9')
        : time + EndOfDay[time.Length..];

    private static bool IsUid(string text) =>
        text.Length <= LongestUid && text.All(c => char.IsAsciiDigit(c) || c == '.') && char.IsAsciiDigit(text[0]) && text[^1] != '.';

    private static bool IsText(string text) =>
        text.Length <= LongestText && !text.Any(char.IsControl) && text.Count(c => c is '*' or '?') <= MostWildcards;

    private static bool IsDay(string text) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTime(string text) => TimeOnly.TryParseExact(
        text, (string[])["HH", "HHmm", "HHmmss", "HHmmss.FFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && !text.EndsWith('.');
}
