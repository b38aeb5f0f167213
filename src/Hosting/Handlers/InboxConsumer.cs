using Gateway.Contracts.Reasons;
using Gateway.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Hosting;

/// <summary>
/// Runs a handler at most once to its commit, however often the message is delivered: inbox row, state and outbox rows are one transaction.
/// </summary>
public sealed class InboxConsumer<T, THandler>(
    IDbContextFactory<GatewayDbContext> databases, THandler handler, Outages outages, TimeProvider time, WorkDeadline deadline,
    WorkSlots<THandler> slots) : IConsumer<T>
    where T : class
    where THandler : class, IHandler<T>
{
    private static readonly string Name = HandlerExtensions.EndpointOf(typeof(THandler).Name);

    public Task Consume(ConsumeContext<T> context) => ConsumeAsync(context, urgent: false);

    internal async Task ConsumeAsync(ConsumeContext<T> context, bool urgent)
    {
        // A handler may take minutes, and the bus would wait for it. When the host stops, it is cancelled after a while; the message is
        // delivered again.
        deadline.ThrowIfTooLateToBegin();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, deadline.Token);
        var id = context.MessageId
            ?? throw new PermanentFailureException(
                ReasonCode.NoMessageId, "The message has no id, so a second copy could not be told from it.");
        using var slot = await slots.TakeAsync(urgent, stopping.Token);
        await HandleAsync(context.Message, id, urgent, stopping.Token);
        outages.Resumed(Name);
    }

    /// <summary>Handles one message, wherever it comes from.</summary>
    /// <param name="message">The message.</param>
    /// <param name="id">Its id, by which a second copy is known.</param>
    /// <param name="cancel">Stops the handler; nothing is committed then.</param>
    public Task HandleAsync(T message, Guid id, CancellationToken cancel) => HandleAsync(message, id, urgent: false, cancel);

    private async Task HandleAsync(T message, Guid id, bool urgent, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Urgent = urgent;
        if (await IsDoneAsync(db, id, cancel))
            return;

        await handler.HandleAsync(message, db, cancel);

        // From here on it is not cancelled: what took minutes to make is not thrown away for a commit.
        db.Inbox.Add(new InboxMessage { MessageId = id, Consumer = Name, DoneAt = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
            if (db.Database.CurrentTransaction is { } transaction)
                await transaction.CommitAsync(CancellationToken.None);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            // Another replica may have handled the same message and committed first. Then its result stands, and ours goes with the
            // transaction.
            if (db.Database.CurrentTransaction is { } lost)
                await lost.RollbackAsync(CancellationToken.None);
            await using var fresh = await databases.CreateDbContextAsync(CancellationToken.None);
            if (!await IsDoneAsync(fresh, id, CancellationToken.None))
                throw;
        }
    }

    private static Task<bool> IsDoneAsync(GatewayDbContext db, Guid id, CancellationToken cancel) =>
        db.Inbox.AnyAsync(row => row.MessageId == id && row.Consumer == Name, cancel);
}
