using System.Globalization;

namespace Gateway.TranslationWorker;

/// <summary>Study Date and Time (DA, TM; PS3.5 6.2) as a FHIR dateTime, which may have a time only together with an offset.</summary>
public static class StudyStart
{
    private static readonly string[] DateForms = ["yyyyMMdd", "yyyy.MM.dd"];
    private static readonly string[] TimeForms = ["HHmmss", "HHmm", "HH", "HH:mm:ss", "HH:mm"];

    /// <summary><c>2024-03-01T10:15:00+01:00</c> with a time and a zone, <c>2024-03-01</c> without; null for no usable date.</summary>
    /// <param name="offset">Timezone Offset From UTC (0008,0201), <c>&amp;ZZXX</c>; wins over <paramref name="zone"/>.</param>
    public static string? Format(string? date, string? time, string? offset, TimeZoneInfo? zone)
    {
        if (Day(date) is not { } day)
            return null;
        if (Moment(date, time) is not { } moment || (ParseOffset(offset) ?? zone?.GetUtcOffset(moment)) is not { } utc)
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var sign = utc < TimeSpan.Zero ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{moment:yyyy-MM-dd'T'HH:mm:ss}{sign}{utc:hh\\:mm}");
    }

    /// <summary>The moment on the scanner's clock; null without a usable date and time.</summary>
    public static DateTime? Moment(string? date, string? time) =>
        Day(date) is { } day && TimeOnly.TryParseExact(
            time?.Trim().Split('.')[0], TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
            ? day + clock.ToTimeSpan() : null;

    private static DateTime? Day(string? date) =>
        DateTime.TryParseExact(date?.Trim(), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>&amp;ZZXX, PS3.3 C.12.1.1.8, of at most 14 hours; anything else is no offset.</summary>
    public static TimeSpan? ParseOffset(string? text)
    {
        if (text?.Trim() is not [('+' or '-') and var sign, .. { Length: 4 } digits]
            || !TimeSpan.TryParseExact(digits, "hhmm", CultureInfo.InvariantCulture, out var span)
            || span > TimeSpan.FromHours(14))
            return null;
        return sign == '-' ? -span : span;
    }
}
