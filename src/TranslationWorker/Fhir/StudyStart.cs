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
        if (!DateTime.TryParseExact(date?.Trim(), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return null;
        var dateOnly = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var whole = time?.Trim().Split('.')[0];
        if (!TimeOnly.TryParseExact(whole, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
            return dateOnly;
        var moment = day + clock.ToTimeSpan();
        if ((ParseOffset(offset) ?? zone?.GetUtcOffset(moment)) is not { } utc)
            return dateOnly;
        var sign = utc < TimeSpan.Zero ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{moment:yyyy-MM-dd'T'HH:mm:ss}{sign}{utc:hh\\:mm}");
    }

    /// <summary>UTC-12:00 to UTC+14:00; anything else is no offset.</summary>
    private static TimeSpan? ParseOffset(string? text)
    {
        if (text?.Trim() is not [('+' or '-') and var sign, .. { Length: 4 } digits]
            || !TimeSpan.TryParseExact(digits, "hhmm", CultureInfo.InvariantCulture, out var span)
            || span > TimeSpan.FromHours(14))
            return null;
        return sign == '-' ? -span : span;
    }
}
