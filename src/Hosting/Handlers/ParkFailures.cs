using System.Diagnostics.Metrics;
using Gateway.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Hosting;

/// <summary>
/// Runs after the last try. A message that met a fault of the world is deferred, as often as it takes. One that met a fault of its own
/// becomes a failure row that an operator sees and can replay, its series marked failed, and an inbox row, so that a
/// restart does not try again by itself.
/// </summary>
public sealed partial class ParkFailures(
    IDbContextFactory<GatewayDbContext> databases, Deferral deferral, Outages outages, TimeProvider time, IHostApplicationLifetime lifetime,
    IMeterFactory meters, ILogger<ParkFailures> logger)
    : IFilter<ExceptionReceiveContext>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Counter<long> _parked = meters.Create("Gateway.Hosting").CreateCounter<long>(
        "gateway_work_parked_total", description: "Messages that were given up on, by queue and code: one failure row each.");

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var failed = FailedMessage.Read(context);
        try
        {
            stopping.Token.ThrowIfCancellationRequested();
            if (context.Exception is not PermanentFailureException && failed.MessageId is { } id
                && WorldFaults.DependencyOf(context.Exception) is { } dependency)
            {
                await DeferAsync(failed, id, dependency, stopping.Token);
                return;
            }
            LogParked(failed.Endpoint, failed.Reason.Code);
            LogWhy(context.Exception, failed.Endpoint);
            await UntilWrittenAsync(failed, () => WriteAsync(failed, stopping.Token), stopping.Token);
            _parked.Add(1, new("queue", failed.Endpoint), new KeyValuePair<string, object?>("code", failed.Reason.Code));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops in the middle of the work: that is no failure. Thrown on, the broker keeps the message.
            throw new OperationCanceledException("Stopping; the message stays in its queue.", context.Exception, stopping.Token);
        }
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("park-failures");

    private async Task DeferAsync(FailedMessage failed, Guid id, string dependency, CancellationToken cancel)
    {
        DateTimeOffset? since = null;
        await UntilWrittenAsync(failed, async () => since = await deferral.WriteAsync(failed, id, cancel), cancel);
        if (since is not null)
            outages.Away(Outages.NameOf(dependency, failed.Endpoint), failed.Reason.Code, since);
    }

    // Tries until it is written: giving up would lose the message. While the database cannot write, nobody can work anyway.
    private async Task UntilWrittenAsync(FailedMessage failed, Func<Task> write, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (true)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                outages.Away(Outages.NameOf(WorldFaults.DependencyOf(e) ?? "database", failed.Endpoint), e.GetType().Name);
                LogNotWritten(e, failed.Endpoint);
                await timer.WaitForNextTickAsync(cancel);
            }
        }
    }

    /// <summary>One try.</summary>
    internal async Task WriteAsync(FailedMessage failed, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (failed.MessageId is { } id)
        {
            if (await db.Inbox.AnyAsync(row => row.MessageId == id && row.Consumer == failed.Endpoint, cancel))
                return;
            db.Inbox.Add(new InboxMessage { MessageId = id, Consumer = failed.Endpoint, DoneAt = now });
        }
        db.Failures.Add(new Failure
        {
            Id = Guid.CreateVersion7(now),
            MessageType = failed.Type,
            Body = failed.Body,
            SeriesId = failed.SeriesId,
            StudyId = failed.StudyId
                ?? await db.Series.Where(s => s.Id == failed.SeriesId).Select(s => (Guid?)s.StudyId).SingleOrDefaultAsync(cancel),
            Code = failed.Reason.Code,
            Text = failed.Reason.Text,
            At = now,
        });
        await MarkAsync(db, failed, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The series is not marked failed if it moved on meanwhile, for example because a late image came.</summary>
    private static async Task MarkAsync(GatewayDbContext db, FailedMessage failed, CancellationToken cancel)
    {
        if (StageOfWork.Of(db, failed.Type, failed.Body) is not { } stage)
            return;
        foreach (var series in await stage.Series.ToListAsync(cancel))
        {
            if (await db.Series.Where(s => s.Id == series.Id).MoveAsync(db, stage.GivenUp, cancel) == 1)
                series.Reasons = [.. series.Reasons, failed.Reason];
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "A message on {Endpoint} was given up on: {Code}")]
    private partial void LogParked(string endpoint, string code);

    // Debug: an exception may quote a path or a value.
    [LoggerMessage(EventId = 4107, Level = LogLevel.Debug, Message = "Why a message on {Endpoint} was given up on")]
    private partial void LogWhy(Exception exception, string endpoint);

    [LoggerMessage(
        EventId = 4102, Level = LogLevel.Debug, Message = "What became of a message on {Endpoint} is not written yet; trying until it is")]
    private partial void LogNotWritten(Exception exception, string endpoint);
}
