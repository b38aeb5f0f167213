using System.Text.Json;
using Gateway.Contracts.Reasons;
using Gateway.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>
/// Takes committed outbox rows to the bus and marks each sent once the broker confirmed it; without a broker they wait. A crash between
/// the two publishes again under the same MessageId, and the inbox drops the copy.
/// </summary>
public sealed partial class OutboxDispatcher(
    IDbContextFactory<GatewayDbContext> databases,
    IBus bus,
    OutboxSignal signal,
    Outages outages,
    TimeProvider time,
    IOptions<BusOptions> options,
    IEnumerable<HandlerRegistration> handlers,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int BatchSize = 64;
    private const string Name = "the outbox";
    private bool _waiting;
    private DateTimeOffset _lookForLostAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryAsync(RepublishUnfinishedAsync, stoppingToken))
            await signal.WaitAsync(options.Value.Poll, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(RepublishLostAsync, stoppingToken);
            if (!await TryAsync(DispatchAsync, stoppingToken))
                await signal.WaitAsync(options.Value.Poll, stoppingToken);
        }
    }

    /// <summary>Sends one batch.</summary>
    /// <returns>Whether more may be due at once.</returns>
    public async Task<bool> DispatchAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var batch = await OutboxBatch.TakeAsync(db, time.GetUtcNow(), BatchSize, cancel);
        if (batch.Rows.Count == 0)
            return false;

        CrashPoints.Pass(CrashPoint.BeforePublish);
        // The first row goes alone: if the broker is away, one timeout is enough to find out.
        var reached = await SendAsync(db, batch.Rows[0], cancel);
        NoteBroker(reached, batch.Rows.Count);
        var all = reached && (await Task.WhenAll(batch.Rows.Skip(1).Select(row => SendAsync(db, row, cancel)))).All(answered => answered);

        CrashPoints.Pass(CrashPoint.AfterPublish);
        // Never cancelled: rows that the broker confirmed must be marked sent, even while the host stops.
        await batch.CommitAsync(CancellationToken.None);
        return all && batch.Rows.Count == BatchSize;
    }

    /// <returns>Whether the broker answered, whatever it said.</returns>
    private async Task<bool> SendAsync(GatewayDbContext db, OutboxMessage row, CancellationToken cancel)
    {
        try
        {
            await PublishAsync(row, cancel);
            row.SentAt = time.GetUtcNow();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception e) when (e is UnknownContractException or JsonException)
        {
            LogParked(row.Type);
            Park(db, row, e is UnknownContractException ? ReasonCode.UnknownContract : ReasonCode.UnreadableMessage);
            return true;
        }
        catch (Exception e)
        {
            // Nobody listens yet, or the connection broke: this row waits, so that others can pass.
            LogRefused(row.Type, e.GetType().Name);
            row.NotBefore = time.GetUtcNow() + (5 * options.Value.Poll);
            return true;
        }
    }

    private async Task PublishAsync(OutboxMessage row, CancellationToken cancel)
    {
        var type = ContractTypes.Resolve(row.Type);
        var message = JsonSerializer.Deserialize(row.Body, type, ContractTypes.Json) ?? throw new JsonException("The body is null.");
        using var timeout = new CancellationTokenSource(options.Value.PublishTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        if (row.Urgent && UrgentQueue.Of(type) is { } queue)
        {
            var urgent = await bus.GetSendEndpoint(new Uri($"exchange:{queue}"));
            await urgent.Send(message, type, Pipe.Execute<SendContext>(context => Address(context, row)), either.Token);
        }
        else
        {
            await bus.Publish(message, type, Pipe.Execute<PublishContext>(context => Address(context, row)), either.Token);
        }
    }

    private static void Address(SendContext context, OutboxMessage row)
    {
        context.MessageId = row.Id;

        // Otherwise RabbitMQ confirms a message that no queue is bound to, and drops it. A worker that was never up would miss it.
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
            rabbit.Mandatory = true;
    }

    // Tried for ever it would stand in the way; an operator sees it among the failures and can replay it.
    private void Park(GatewayDbContext db, OutboxMessage row, ReasonCode code)
    {
        var now = time.GetUtcNow();
        lock (db)
        {
            db.Failures.Add(new Failure
            {
                Id = Guid.CreateVersion7(now),
                MessageType = row.Type,
                Body = row.Body,
                Code = code.Name,
                Text = "This version of the gateway has no such message, or not in this form.",
                At = now,
            });
        }
        (row.SentAt, row.DoneAt) = (now, now);
    }

    // The in-memory transport died with the last process: messages that a handler here has not finished are due again.
    private async Task<bool> RepublishUnfinishedAsync(CancellationToken cancel)
    {
        if (options.Value.Transport != BusTransport.InMemory)
            return true;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.PublishAgainAsync([.. handlers.Select(handler => handler.MessageType)], cancel);
        return true;
    }

    // A broker whose disk or queues are gone, or that dropped what was delivered too often, has forgotten what it confirmed. What is still
    // in a queue comes twice by this, and the inbox drops the copy.
    private async Task<bool> RepublishLostAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (options.Value.Transport == BusTransport.InMemory || now < _lookForLostAt)
            return true;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var lost = await db.PublishLostAsync(
            [.. handlers.Select(handler => handler.MessageType)], now, options.Value.LostAfter, cancel);
        _lookForLostAt = now + (options.Value.LostAfter / 4);
        if (lost > 0)
            LogLost(lost, options.Value.LostAfter);
        return true;
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task<bool>> step, CancellationToken stop)
    {
        try
        {
            var more = await step(stop);
            outages.Resumed(Name);
            return more;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            if (!outages.Holds(e, Name))
                LogFailed(e);
            return false;
        }
    }

    private void NoteBroker(bool reached, int rows)
    {
        if (!reached && !_waiting)
            LogWaiting(rows);
        _waiting = !reached;
    }

    [LoggerMessage(EventId = 4103, Level = LogLevel.Warning, Message = "The broker takes nothing; {Rows} or more outbox rows wait for it")]
    private partial void LogWaiting(int rows);

    [LoggerMessage(
        EventId = 4131, Level = LogLevel.Warning,
        Message = "{Count} messages that the broker took {Time} ago were handled by nobody, and are published again")]
    private partial void LogLost(int count, TimeSpan time);

    [LoggerMessage(
        EventId = 4104, Level = LogLevel.Warning, Message = "{Type} was not taken by the broker ({Exception}) and is tried again later")]
    private partial void LogRefused(string type, string exception);

    [LoggerMessage(
        EventId = 4105, Level = LogLevel.Error, Message = "{Type} cannot be sent by this version and is parked among the failures")]
    private partial void LogParked(string type);

    [LoggerMessage(EventId = 4106, Level = LogLevel.Error, Message = "The outbox could not be read; trying again")]
    private partial void LogFailed(Exception exception);
}
