using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using DeliveryRow = Gateway.Persistence.Delivery;

namespace Gateway.TranslationWorker;

/// <summary>Sends the instances of a series that a destination still lacks, and writes each verdict into the delivery row of its
/// instance. What the destination does not take now waits for as long as it takes.</summary>
public sealed partial class SeriesDelivery(
    Deliverers deliverers, DeliveryTurns turns, SourceWatch sources, DestinationPause pause, Outages outages, IObjectStore objects,
    TimeProvider time, ILogger<SeriesDelivery> logger)
{
    private static readonly TimeSpan Unknown = TimeSpan.FromMinutes(10);

    /// <summary>What waits for a destination that is not there any more goes on waiting: somebody brings it back, or sends it
    /// elsewhere (<see cref="DeliveryRedirects"/>).</summary>
    public async Task<DeliveryRound> SendAsync(Guid seriesId, string name, GatewayDbContext db, CancellationToken cancel)
    {
        if (deliverers.Find(name) is not var (destination, deliverer))
            return new(await NoteUnknownAsync(seriesId, name, db, cancel) ? Unknown : null, CommitmentIsDue: false);
        if (!await db.Waiting(seriesId, name).AnyAsync(cancel))    // of one that was sent by a process that died before it had asked
            return new(null, await MarkForCommitmentAsync(seriesId, [], name, deliverer.NewCommitment(destination), db, cancel));
        var turn = await turns.TakeAsync(seriesId, destination, db, cancel);
        using var slot = turn.Slot;
        if (slot is null)
            return new(turn.Later, CommitmentIsDue: false);
        if (await RowsAsync(seriesId, name, db, cancel) is not { Count: > 0 } rows)
            return DeliveryRound.Done;
        if (await sources.AskAsync(rows, destination, deliverer, db, cancel) is { } hold)
            return Hold(rows, hold, name);

        var unsent = await SendAsync(rows, destination, deliverer, db, cancel);
        var delivered = rows.FindAll(row => row.State == DeliveryState.Delivered);
        LogSent(seriesId, name, delivered.Count, rows.Count);
        var waiting = rows.FindAll(row => row.State == DeliveryState.Pending);
        var isAway = waiting.Count == rows.Count && waiting.Count > unsent;
        var silent = isAway && waiting.TrueForAll(row => row.DicomStatus is null);
        if (isAway)
            pause.TookNothing(name, Cause(rows[0]), rows.Min(row => row.WaitingSince), silent);
        else
            pause.Answered(name);
        return new(
            waiting.Count > 0 ? DeliverySchedule.Pause(waiting.Max(row => row.Attempts), silent) : null,
            await MarkForCommitmentAsync(seriesId, delivered, name, deliverer.NewCommitment(destination), db, cancel));
    }

    private async Task<bool> NoteUnknownAsync(Guid seriesId, string name, GatewayDbContext db, CancellationToken cancel)
    {
        var rows = await db.Waiting(seriesId, name).ToListAsync(cancel);
        foreach (var row in rows)
            (row.TriedAt, row.DicomStatus, row.Error) = (time.GetUtcNow(), null, $"No destination is called '{name}' any more.");
        return rows.Count > 0;
    }

    private DeliveryRound Hold(List<DeliveryRow> rows, SourceHold hold, string name)
    {
        foreach (var row in rows)
            Note(row, new(OutgoingInstance.Of(row, objects), hold.Outcome, hold.Code, hold.Text));
        if (hold is { Outcome: DeliveryOutcome.AgainLater, NextIn: null })
            pause.TookNothing(name, Cause(rows[0]), rows.Min(row => row.WaitingSince), silent: hold.Code is null);
        else
            pause.Answered(name);
        if (hold.Outcome != DeliveryOutcome.AgainLater)
            return DeliveryRound.Done;
        foreach (var row in hold.NextIn is null ? [] : rows)
            row.Attempts = 0;    // it was not sent
        return new(hold.NextIn ?? DeliverySchedule.Pause(rows.Max(row => row.Attempts), hold.Code is null), CommitmentIsDue: false);
    }

    /// <summary>In order; but each further try begins one instance later, since the first one may be what breaks the connection every
    /// time.</summary>
    private static async Task<List<DeliveryRow>> RowsAsync(Guid seriesId, string name, GatewayDbContext db, CancellationToken cancel)
    {
        var rows = await db.Waiting(seriesId, name).Include(d => d.Instance)
            .OrderBy(d => d.Instance.InstanceNumber).ThenBy(d => d.Instance.SopInstanceUid)
            .ToListAsync(cancel);
        var first = rows.Count == 0 ? 0 : rows.Max(row => row.Attempts) % rows.Count;
        return [.. rows[first..], .. rows[..first]];
    }

    /// <returns>How many were not sent because something of ours is away.</returns>
    private async Task<int> SendAsync(
        List<DeliveryRow> rows, Destination destination, IDeliverer deliverer, GatewayDbContext db, CancellationToken cancel)
    {
        var instances = rows.ConvertAll(row => OutgoingInstance.Of(row, objects));
        var (silent, unsent) = (rows.ToDictionary(row => row.Id), 0);
        await foreach (var verdict in deliverer.DeliverAsync(destination, instances, cancel))
        {
            if (!silent.Remove(verdict.Instance.Id, out var row))
                continue;
            Note(row, verdict);
            CrashPoints.Pass(CrashPoint.MidDelivery);
            if (row.State != DeliveryState.Pending)
                await KeepAsync(row, db, cancel);
            if (verdict.Away is { } away)
                outages.Away($"{away}, for deliveries,", "an image cannot be read", row.WaitingSince);
            unsent += verdict.Away is null ? 0 : 1;
        }
        foreach (var instance in instances.Where(instance => silent.ContainsKey(instance.Id)))
            Note(silent[instance.Id], new(instance, DeliveryOutcome.AgainLater, Text: "The destination did not say what became of it."));
        return unsent;
    }

    /// <summary>At once: who goes on with the series after a crash sends what is left of it.</summary>
    private static async Task KeepAsync(DeliveryRow row, GatewayDbContext db, CancellationToken cancel)
    {
        var entry = db.Entry(row);
        var before = entry.OriginalValues.GetValue<int>(nameof(row.Attempts));
        if (await db.Deliveries.Where(d => d.Id == row.Id && d.Attempts == before).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, row.State).SetProperty(d => d.Attempts, row.Attempts)
                .SetProperty(d => d.TriedAt, row.TriedAt).SetProperty(d => d.SentAt, row.SentAt)
                .SetProperty(d => d.DicomStatus, row.DicomStatus).SetProperty(d => d.Error, row.Error), cancel) == 0)
            return;
        entry.OriginalValues.SetValues(entry.CurrentValues);
        entry.State = EntityState.Unchanged;
    }

    private void Note(DeliveryRow row, DeliveryVerdict verdict)
    {
        var (now, isDelivered) = (time.GetUtcNow(), verdict.Outcome == DeliveryOutcome.Delivered);
        row.Attempts++;
        row.TriedAt = now;
        row.DicomStatus = verdict.Code;
        row.Error = isDelivered ? null : verdict.Text;
        row.SentAt = isDelivered ? now : row.SentAt;
        row.State = verdict.Outcome switch
        {
            DeliveryOutcome.Delivered => DeliveryState.Delivered,
            DeliveryOutcome.AgainLater => DeliveryState.Pending,
            _ => DeliveryState.Parked,
        };
    }

    /// <summary>The text beside a code is the peer's, which is not logged; without a code it is ours.</summary>
    private static string Cause(DeliveryRow row) => row.DicomStatus is { } code ? $"status {code:X4}" : row.Error ?? "no answer";

    /// <summary>A separate message asks the destination, because the transaction UID must be durable before an answer can come. It asks
    /// for what was delivered now, and for what somebody delivered who died before he could ask.</summary>
    private static async Task<bool> MarkForCommitmentAsync(
        Guid seriesId, List<DeliveryRow> now, string name, string? transactionUid, GatewayDbContext db, CancellationToken cancel)
    {
        if (transactionUid is null)
            return false;
        var before = await db.Deliveries.Where(d => d.Instance.SeriesId == seriesId && d.Destination == name)
            .Where(d => d.State == DeliveryState.Delivered && d.CommitmentTransactionUid == null && d.CommittedAt == null)
            .ToListAsync(cancel);
        var rows = now.Union(before).ToList();
        foreach (var row in rows)
            (row.CommitmentTransactionUid, row.CommitmentFailure) = (transactionUid, null);
        return rows.Count > 0;
    }

    [LoggerMessage(
        EventId = 2003, Level = LogLevel.Information,
        Message = "Series {SeriesId}: {Delivered} of {Count} instances delivered to {Destination}")]
    private partial void LogSent(Guid seriesId, string destination, int delivered, int count);
}
