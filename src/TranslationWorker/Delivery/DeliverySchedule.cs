namespace Gateway.TranslationWorker;

/// <summary>When a failed delivery is tried again: 5 s, doubling, at most 10 minutes.</summary>
public static class DeliverySchedule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <param name="attempts">How often it was tried, at least 1.</param>
    public static TimeSpan Pause(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, attempts - 1)));
}
