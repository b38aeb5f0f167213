namespace Gateway.Hosting;

/// <summary>What carries messages between consumers.</summary>
public enum BusTransport
{
    /// <summary>Within this process; forgets on exit, and the outbox publishes again.</summary>
    InMemory,

    /// <summary>RabbitMQ with quorum queues, shared by all replicas.</summary>
    RabbitMq,
}
