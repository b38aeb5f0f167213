namespace Gateway.Persistence;

/// <summary>A message committed with the state it speaks of; a dispatcher takes it to the bus.</summary>
public sealed class OutboxMessage
{
    /// <summary>Also the MessageId on the bus, so that the inbox recognises a second copy.</summary>
    public required Guid Id { get; init; }

    /// <summary>Full name of the contract.</summary>
    public required string Type { get; init; }

    /// <summary>The contract as JSON.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not to be sent before this; how work is retried later on every transport.</summary>
    public required DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When its handler was done with it, as the inbox says, noted a little later (<see cref="DoneMessages"/>): what is not done
    /// is found by an index, however many rows there are.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>How often the work was put off because something that it needs was away. Each time it is another row.</summary>
    public int Deferrals { get; init; }

    /// <summary>Goes before all that is not, on a queue of its own where its kind has one.</summary>
    public bool Urgent { get; init; }
}
