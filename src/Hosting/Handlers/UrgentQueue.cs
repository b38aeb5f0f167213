using Gateway.Contracts;

namespace Gateway.Hosting;

/// <summary>The queues of what is urgent, beside those of everything else: on a queue nothing overtakes.</summary>
/// <remarks>Quorum queues know priorities from RabbitMQ 4 on, the in-memory transport not at all; a second queue works on all of
/// them.</remarks>
public static class UrgentQueue
{
    private const string Suffix = "-urgent";

    /// <summary>Those that a backlog may wait at.</summary>
    private static readonly HashSet<Type> Messages =
        [typeof(StudyReceived), typeof(TranslateSeries), typeof(SeriesTranslated), typeof(DeliverSeries)];

    /// <param name="message">A contract.</param>
    /// <returns>The queue's name; null: messages of this kind have only one queue.</returns>
    public static string? Of(Type message) => Messages.Contains(message) ? Kebab.Of(message.Name) + Suffix : null;

    /// <summary>The queue whose work this is, whether it came by the urgent one or not.</summary>
    public static string Base(string queue) => queue.EndsWith(Suffix, StringComparison.Ordinal) ? queue[..^Suffix.Length] : queue;
}
