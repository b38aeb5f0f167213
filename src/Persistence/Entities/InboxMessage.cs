namespace Gateway.Persistence;

/// <summary>A consumer finished this message. The row is committed together with what the consumer did.</summary>
public sealed class InboxMessage
{
    public required Guid MessageId { get; init; }
    public required string Consumer { get; init; }
    public required DateTimeOffset DoneAt { get; init; }
}
