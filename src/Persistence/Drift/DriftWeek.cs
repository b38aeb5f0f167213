using System.Globalization;

namespace Gateway.Persistence;

/// <summary>One ISO week of a profile, UTC.</summary>
public sealed record DriftWeek
{
    /// <summary>Its Monday, 00:00 UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Such as <c>2026-W48</c>.</summary>
    public string Name => FormattableString.Invariant($"{ISOWeek.GetYear(From.UtcDateTime)}-W{ISOWeek.GetWeekOfYear(From.UtcDateTime):00}");

    /// <summary>Series that were prepared.</summary>
    public required int Series { get; init; }

    /// <summary>Held, by the code of the first reason.</summary>
    public required IReadOnlyDictionary<string, int> HeldBy { get; init; }

    public int Held => HeldBy.Values.Sum();

    /// <summary>Series whose result a reader rejected.</summary>
    public required int Rejected { get; init; }

    /// <summary>By measure, for those with enough values.</summary>
    public required IReadOnlyDictionary<string, StabilityIndex> Stability { get; init; }

    /// <summary>The Monday of a moment's week.</summary>
    public static DateTimeOffset Of(DateTimeOffset at)
    {
        var day = at.UtcDateTime.Date;
        return new(day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), TimeSpan.Zero);
    }
}
