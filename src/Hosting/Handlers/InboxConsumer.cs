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
    WorkSlots<THandler> slots, WorkTurns turns) : IConsumer<T>
    where T : class
    where THandler : class, IHandler<T>
{
    private static readonly string Name = HandlerExtensions.EndpointOf(typeof(THandler).Name);
    private static readonly bool IsLong = typeof(THandler).IsDefined(typeof(LongWorkAttribute), inherit: false);

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
        await HandleAsync(context.Message, new(id, urgent, context.ReceiveContext.Redelivered), stopping.Token);
        outages.Resumed(Name);
    }

    /// <summary>Handles one message, wherever it comes from.</summary>
    /// <param name="message">The message.</param>
    /// <param name="delivery">How it came.</param>
    /// <param name="cancel">Stops the handler; nothing is committed then.</param>
    public async Task HandleAsync(T message, WorkDelivery delivery, CancellationToken cancel)
    {
        if (await IsDoneAsync(delivery.MessageId, cancel))
            return;
        await using var turn = IsLong ? await turns.TakeAsync(Name, message, delivery, cancel) : null;
        if (IsLong && turn is null)
            return;
        // Disposed before the turn: a transaction that failed would keep the lease from being given back.
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Urgent = delivery.IsUrgent;
        if (turn is null)
            await handler.HandleAsync(message, db, cancel);
        else if (!await turn.RunAsync(work => handler.HandleAsync(message, db, work), cancel))
            return;
        await CommitAsync(db, delivery.MessageId, turn);
    }

    // It is not cancelled: what took minutes to make is not thrown away for a commit.
    private async Task CommitAsync(GatewayDbContext db, Guid id, WorkTurn? turn)
    {
        if (turn is not null && !await IsStillOursAsync(db, turn.Claim))
            return;
        db.Inbox.Add(new InboxMessage { MessageId = id, Consumer = Name, DoneAt = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
            if (db.Database.CurrentTransaction is { } transaction)
                await transaction.CommitAsync(CancellationToken.None);
            turn?.Saved();
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            // Another replica may have handled the same message and committed first. Then its result stands, and ours goes with the
            // transaction.
            if (db.Database.CurrentTransaction is { } lost)
                await lost.RollbackAsync(CancellationToken.None);
            if (!await IsDoneAsync(id, CancellationToken.None))
                throw;
        }
    }

    /// <summary>Ends the lease in the transaction of the result: of two that worked, one finds it.</summary>
    private static async Task<bool> IsStillOursAsync(GatewayDbContext db, WorkClaim claim)
    {
        var transaction = db.Database.CurrentTransaction ?? await db.Database.BeginTransactionAsync(CancellationToken.None);
        if (await WorkLeases.EndAsync(db, claim, CancellationToken.None))
            return true;
        await transaction.RollbackAsync(CancellationToken.None);
        return false;
    }

    private async Task<bool> IsDoneAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Inbox.AnyAsync(row => row.MessageId == id && row.Consumer == Name, cancel);
    }
}
