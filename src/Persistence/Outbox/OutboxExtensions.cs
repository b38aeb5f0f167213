using System.Text.Json;

namespace Gateway.Persistence;

/// <summary>Messages leave by the outbox only: committed with the state they speak of.</summary>
public static class OutboxExtensions
{
    /// <summary>Adds a row that the dispatcher takes to the bus after the caller's own <c>SaveChanges</c>.</summary>
    /// <param name="db">The context that also holds the state change, and says whether the message is urgent.</param>
    /// <param name="message">A contract of <c>Gateway.Contracts</c>.</param>
    /// <param name="time">Clock for the row's id and times.</param>
    /// <param name="notBefore">Earliest time to send; at once when null.</param>
    /// <returns>The row; its id is the MessageId on the bus.</returns>
    /// <exception cref="UnknownContractException">The message is not a contract.</exception>
    public static OutboxMessage Enqueue<T>(this GatewayDbContext db, T message, TimeProvider time, DateTimeOffset? notBefore = null)
        where T : class
    {
        var now = time.GetUtcNow();
        var row = new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            Type = ContractTypes.NameOf(typeof(T)),
            Body = JsonSerializer.Serialize(message, ContractTypes.Json),
            CreatedAt = now,
            NotBefore = notBefore ?? now,
            Urgent = db.Urgent,
        };
        db.Outbox.Add(row);
        return row;
    }
}
