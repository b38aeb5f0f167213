using System.Text.Json;
using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Gateway.Persistence;

/// <summary>Sends elsewhere what waits for a destination: one that was renamed or taken out, or that does not come back.</summary>
public sealed partial class DeliveryRedirects(
    IDbContextFactory<GatewayDbContext> databases, OutboxSignal signal, TimeProvider time, ILogger<DeliveryRedirects> logger)
{
    /// <summary>Every image that waits for one destination waits for another, each series in a transaction of its own. What is being sent
    /// to the first at that moment may arrive at both.</summary>
    /// <param name="from">A destination, in the configuration or not.</param>
    /// <param name="to">A destination in the configuration: what is sent to one that is not there waits.</param>
    /// <param name="by">Who wants it, at most <see cref="Replay.LongestBy"/> characters.</param>
    /// <param name="why">Why, at most <see cref="Replay.LongestWhy"/> characters.</param>
    /// <param name="cancel">Ends it between two series.</param>
    /// <returns>How many series.</returns>
    public async Task<int> RedirectAsync(string from, string to, string by, string why, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var waiting = await db.Waiting(from).Select(d => d.Instance.SeriesId).Distinct().ToListAsync(cancel);
        if (from == to || waiting.Count == 0)
            return 0;
        foreach (var series in waiting)
            await MoveAsync(series, from, to, (by, why), cancel);
        signal.Set();
        LogMoved(waiting.Count, from, to);
        return waiting.Count;
    }

    private async Task MoveAsync(Guid series, string from, string to, (string By, string Why) act, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockStudiesAsync(await db.Series.Where(s => s.Id == series).Select(s => s.StudyId).ToListAsync(cancel), cancel);
        db.Urgent = await db.Series.AnyAsync(s => s.Id == series && s.Study.UrgentBy != null, cancel);
        var (rows, now) = (db.Waiting(series, from), time.GetUtcNow());
        await rows.Where(d => db.Deliveries.Any(other => other.InstanceId == d.InstanceId && other.Destination == to))
            .ExecuteDeleteAsync(cancel);
        await rows.ExecuteUpdateAsync(
            set => set.SetProperty(d => d.Destination, to).SetProperty(d => d.WaitingSince, now)
                .SetProperty(d => d.Attempts, d => d.Attempts + 1)    // who sends it to the first one now has lost it
                .SetProperty(d => d.TriedAt, (DateTimeOffset?)null).SetProperty(d => d.DicomStatus, (int?)null)
                .SetProperty(d => d.Error, (string?)null), cancel);
        var message = new DeliverSeries { SeriesId = series, Destination = to };
        db.Enqueue(message, time);
        Note(db, new() { SeriesId = series, Destination = from }, to, act);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Where a person sees who has decided so: the work for the first one is given up on, and done again elsewhere.</summary>
    private void Note(GatewayDbContext db, DeliverSeries old, string to, (string By, string Why) act)
    {
        var now = time.GetUtcNow();
        var given = new Failure
        {
            Id = Guid.CreateVersion7(now),
            MessageType = ContractTypes.NameOf(typeof(DeliverSeries)),
            Body = JsonSerializer.Serialize(old, ContractTypes.Json),
            SeriesId = old.SeriesId,
            Code = ReasonCode.SentElsewhere.Name,
            Text = $"What waited for '{old.Destination}' goes to '{to}'.",
            At = now,
            ReplayedAt = now,
        };
        db.Failures.Add(given);
        db.Replays.Add(new() { Id = Guid.CreateVersion7(now), FailureId = given.Id, At = now, By = act.By, Why = act.Why });
    }

    [LoggerMessage(
        EventId = 4130, Level = LogLevel.Warning,
        Message = "{Count} series that waited for {From} go to {To} instead")]
    private partial void LogMoved(int count, string from, string to);
}
