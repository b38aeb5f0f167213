using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using DeliveryRow = Gateway.Persistence.Delivery;

namespace Gateway.TranslationWorker;

/// <summary>Sends the instances of a series that a destination still lacks, and writes each verdict into the delivery row of its
/// instance.</summary>
public sealed partial class SeriesDelivery(
    Deliverers deliverers, IOptions<DeliveryOptions> options, IObjectStore objects, TimeProvider time, ILogger<SeriesDelivery> logger)
{
    /// <exception cref="PermanentFailureException">No destination has the name.</exception>
    public async Task<DeliveryRound> SendAsync(Guid seriesId, string name, GatewayDbContext db, CancellationToken cancel)
    {
        var (destination, deliverer) = deliverers.Find(name);
        var rows = await db.Waiting(seriesId, name).Include(d => d.Instance)
            .OrderBy(d => d.Instance.InstanceNumber).ThenBy(d => d.Instance.SopInstanceUid)
            .ToListAsync(cancel);
        if (rows.Count == 0)
            return new(NextIn: null, CommitmentIsDue: false);
        var instances = rows.ConvertAll(row => OutgoingInstance.Of(row, objects));

        var silent = rows.ToDictionary(row => row.Id);
        await foreach (var verdict in deliverer.DeliverAsync(destination, instances, cancel))
            if (silent.Remove(verdict.Instance.Id, out var row))
                Note(row, verdict);
        foreach (var instance in instances.Where(instance => silent.ContainsKey(instance.Id)))
            Note(silent[instance.Id], new(instance, DeliveryOutcome.AgainLater, Text: "The destination did not say what became of it."));

        var delivered = rows.FindAll(row => row.State == DeliveryState.Delivered);
        LogSent(seriesId, name, delivered.Count, rows.Count);
        var left = rows.FindAll(row => row.State == DeliveryState.Pending);
        return new(
            left.Count > 0 ? DeliverySchedule.Pause(left.Max(row => row.Attempts)) : null,
            delivered.Count > 0 && MarkForCommitment(delivered, deliverer.NewCommitment(destination)));
    }

    private void Note(DeliveryRow row, DeliveryVerdict verdict)
    {
        var isDelivered = verdict.Outcome == DeliveryOutcome.Delivered;
        row.Attempts++;
        row.DicomStatus = verdict.Code;
        row.Error = isDelivered ? null : verdict.Text;
        row.SentAt = isDelivered ? time.GetUtcNow() : row.SentAt;
        row.State = verdict.Outcome switch
        {
            DeliveryOutcome.Delivered => DeliveryState.Delivered,
            DeliveryOutcome.AgainLater when row.Attempts < options.Value.MaxAttempts => DeliveryState.Pending,
            _ => DeliveryState.Parked,
        };
    }

    /// <summary>A separate message asks the destination, because the transaction UID must be durable before an answer can come.</summary>
    private static bool MarkForCommitment(List<DeliveryRow> delivered, string? transactionUid)
    {
        if (transactionUid is null)
            return false;
        delivered.ForEach(row => row.CommitmentTransactionUid = transactionUid);
        return true;
    }

    [LoggerMessage(EventId = 2003, Level = LogLevel.Information, Message = "Series {SeriesId}: {Delivered} of {Count} instances delivered to {Destination}")]
    private partial void LogSent(Guid seriesId, string destination, int delivered, int count);
}
