using System.Globalization;

namespace Gateway.Portal;

/// <summary>A FHIR date, dateTime or instant as the span of time that it stands for: <c>2026-11</c> is a month (FHIR R4 "Search",
/// 3.1.1.4.7).</summary>
/// <param name="Low">First moment, on the clock of whoever wrote it.</param>
/// <param name="High">First moment after it.</param>
/// <param name="Offset">From UTC; null when none was written.</param>
internal readonly record struct FhirDate(DateTime Low, DateTime High, TimeSpan? Offset)
{
    private static readonly (string Form, Func<DateTime, DateTime> Next)[] Forms =
    [
        ("yyyy", t => t.AddYears(1)), ("yyyy-MM", t => t.AddMonths(1)), ("yyyy-MM-dd", t => t.AddDays(1)),
        ("yyyy-MM-dd'T'HH:mm", t => t.AddMinutes(1)), ("yyyy-MM-dd'T'HH:mm:ss", t => t.AddSeconds(1)),
        ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", t => t.AddTicks(1)),
    ];

    /// <summary>Null for what is no date.</summary>
    public static FhirDate? Parse(string text)
    {
        var (clock, offset) = Split(text.Replace(' ', '+')); // a plus sign that nobody escaped
        foreach (var (form, next) in Forms)
            if (DateTime.TryParseExact(clock, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var low) && low.Year < 9999)
                return new(low, next(low), offset);
        return null;
    }

    /// <summary>The same span in UTC; one without an offset is taken for UTC.</summary>
    public (DateTime Low, DateTime High) Utc => (Low - (Offset ?? TimeSpan.Zero), High - (Offset ?? TimeSpan.Zero));

    private static (string Clock, TimeSpan? Offset) Split(string text)
    {
        if (text.EndsWith('Z'))
            return (text[..^1], TimeSpan.Zero);
        return text.Length > 16 && text[^6] is '+' or '-'
            && TimeSpan.TryParseExact(text[^5..], "hh\\:mm", CultureInfo.InvariantCulture, out var span)
            ? (text[..^6], text[^6] == '-' ? -span : span) : (text, null);
    }
}
