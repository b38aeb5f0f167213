using Gateway.Hosting;

namespace Gateway.TranslationWorker;

/// <summary>Which destinations took nothing when they were tried last. Until the pause of such a one is over nobody tries it, so that what
/// waits for it, however much, does not hold the slots of what goes elsewhere.</summary>
public sealed class DestinationPause(Outages outages, TimeProvider time)
{
    /// <returns>How long it is not tried; null: it may be tried.</returns>
    public TimeSpan? Left(string destination) =>
        outages.Find(Name(destination)) is { } outage && outage.LastAt + DeliverySchedule.Pause(outage.Tries) - time.GetUtcNow() is var left
            && left > TimeSpan.Zero
            ? left
            : null;

    /// <param name="destination">It took nothing of what it was sent now.</param>
    /// <param name="cause">Why, in words that may be logged.</param>
    /// <param name="since">Since when that waits.</param>
    public void TookNothing(string destination, string cause, DateTimeOffset since) => outages.Away(Name(destination), cause, since);

    public void Answered(string destination) => outages.Over(Name(destination));

    private static string Name(string destination) => $"destination {destination}";
}
