namespace Gateway.Portal;

/// <summary>What entered the archive in one week.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="Samples">By modality.</param>
public sealed record ArchiveWeek(DateOnly Monday, IReadOnlyDictionary<string, int> Samples)
{
    public int Total => Samples.Values.Sum();

    /// <summary>The Monday of the week that a day is in.</summary>
    public static DateOnly Of(DateTimeOffset day)
    {
        var date = DateOnly.FromDateTime(day.UtcDateTime);
        return date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
    }
}
