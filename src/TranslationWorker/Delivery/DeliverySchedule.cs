namespace Gateway.TranslationWorker;

/// <summary>When a failed delivery is tried again: 5 s, doubling, at most 10 minutes; at most half a minute where nobody answers, since a
/// knock is cheap and whoever comes back is not to be kept waiting.</summary>
public static class DeliverySchedule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestSilent = TimeSpan.FromSeconds(30);

    /// <param name="attempts">How often it was tried, at least 1.</param>
    /// <param name="silent">It gave no answer.</param>
    public static TimeSpan Pause(int attempts, bool silent) => TimeSpan.FromSeconds(
        Math.Min((silent ? LongestSilent : Longest).TotalSeconds, First.TotalSeconds * Math.Pow(2, attempts - 1)));
}
