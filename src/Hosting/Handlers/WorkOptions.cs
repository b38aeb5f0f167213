using System.ComponentModel.DataAnnotations;

namespace Gateway.Hosting;

/// <summary>The <c>Work</c> section: limits of a handler that is <see cref="LongWorkAttribute">long work</see>.</summary>
public sealed class WorkOptions
{
    public const string Section = "Work";

    /// <summary>How often a worker shows that it is still at its work.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A worker that was silent for so long is taken for dead; more than two heartbeats.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:15:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>What is not done by then is parked. Less than RabbitMQ's <c>consumer_timeout</c>, 30 minutes, after which the broker takes
    /// the message back.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:25:00")]
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Work that was begun so often, and whose process died each time, is parked.</summary>
    [Range(1, 1000)]
    public int MostStarts { get; init; } = 3;
}
