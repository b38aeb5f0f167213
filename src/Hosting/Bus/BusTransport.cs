namespace Gateway.Hosting;

/// <summary>What carries messages between consumers.</summary>
public enum BusTransport
{
    /// <summary>Within this process. It forgets its messages on exit; the outbox publishes them again.</summary>
    InMemory,

    /// <summary>RabbitMQ with quorum queues, shared by all replicas.</summary>
    RabbitMq,
}
