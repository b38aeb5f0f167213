namespace Gateway.TranslationWorker;

/// <summary>When a failed delivery is tried again: 5 s, doubling, at most 10 minutes.</summary>
public static class DeliverySchedule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <param name="attempts">How often it was tried, at least 1.</param>
    public static TimeSpan Pause(int attempts) => TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, attempts - 1)));

    /// <summary>Will the same bytes fare better later? Out of resources (A7xx, 0213) may; refused for what they are (A9xx, Cxxx, 01xx) will not.</summary>
    public static bool IsTransient(int dicomStatus) => (dicomStatus & 0xFF00) == 0xA700 || dicomStatus == 0x0213;

    /// <summary>Success or a warning (Bxxx): the peer has it (PS3.4 B.2.3).</summary>
    public static bool IsDelivered(int dicomStatus) => dicomStatus == 0 || (dicomStatus & 0xF000) == 0xB000;
}
