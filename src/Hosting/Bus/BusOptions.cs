using System.ComponentModel.DataAnnotations;

namespace Gateway.Hosting;

/// <summary>The <c>Bus</c> section of the configuration. The password comes from the environment (<c>Bus__Password</c>).</summary>
public sealed class BusOptions
{
    public const string Section = "Bus";

    public BusTransport Transport { get; init; } = BusTransport.InMemory;

    /// <summary>RabbitMQ's address, <c>rabbitmq://host:port/virtual-host</c> (<c>rabbitmqs</c> for TLS).</summary>
    [Required]
    public Uri Host { get; init; } = new("rabbitmq://localhost/");

    public string Username { get; init; } = "guest";
    public string Password { get; init; } = "guest";

    /// <summary>How often RabbitMQ and we show each other that we live. It takes one that falls silent, such as a frozen process, for dead
    /// after two to three of these, and hands its messages to another replica.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one publish may take before its outbox row waits for the next round.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan PublishTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the outbox is read for rows of other processes and for rows that became due. A message that nobody listens to
    /// yet is
    /// offered again after five times this.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>RabbitMQ: a message that it took and that nobody was done with for so long is published again, for the case that it was
    /// lost there; then after twice as long, and so on.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LostAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long work may go on once the host stops. It is then cancelled and given back: the broker hands it to another
    /// replica.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First pause before a message is handled again; the next two are 5 and 25 times as long.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);
}
