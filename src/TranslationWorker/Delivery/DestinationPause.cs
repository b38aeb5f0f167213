using System.Collections.Concurrent;
using Gateway.Hosting;

namespace Gateway.TranslationWorker;

/// <summary>Which destinations took nothing when they were tried last. Until the pause of such a one is over nobody tries it, so that what
/// waits for it, however much, does not hold the slots of what goes elsewhere.</summary>
public sealed class DestinationPause(Outages outages, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, bool> _silent = [];

    /// <returns>How long it is not tried; null: it may be tried.</returns>
    public TimeSpan? Left(string destination) =>
        outages.Find(Name(destination)) is { } outage && End(outage, destination) - time.GetUtcNow() is var left
            && left > TimeSpan.Zero
            ? left
            : null;

    /// <param name="destination">It took nothing of what it was sent now.</param>
    /// <param name="cause">Why, in words that may be logged.</param>
    /// <param name="since">Since when that waits.</param>
    /// <param name="silent">It gave no answer.</param>
    public void TookNothing(string destination, string cause, DateTimeOffset since, bool silent)
    {
        _silent[destination] = silent;
        outages.Away(Name(destination), cause, since);
    }

    public void Answered(string destination) => outages.Over(Name(destination));

    private DateTimeOffset End(Outage outage, string destination) =>
        outage.LastAt + DeliverySchedule.Pause(outage.Tries, _silent.GetValueOrDefault(destination));

    private static string Name(string destination) => $"destination {destination}";
}
