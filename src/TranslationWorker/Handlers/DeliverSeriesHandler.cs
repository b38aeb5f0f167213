using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.DicomNetwork;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using DeliveryRow = Gateway.Persistence.Delivery;

namespace Gateway.TranslationWorker;

/// <summary>DeliverSeries → the stored bytes of every instance not yet delivered, by C-STORE; what failed for now is asked for again later.</summary>
public sealed partial class DeliverSeriesHandler(
    IOptions<DeliveryOptions> options, IObjectStore objects, TimeProvider time, ILogger<DeliverSeriesHandler> logger) : IHandler<DeliverSeries>
{
    public async Task HandleAsync(DeliverSeries message, GatewayDbContext db, CancellationToken cancel)
    {
        var destination = options.Value.Find(message.Destination);
        var pending = await db.Waiting(message.SeriesId, message.Destination).Include(d => d.Instance)
            .OrderBy(d => d.Instance.InstanceNumber).ThenBy(d => d.Instance.SopInstanceUid)
            .ToListAsync(cancel);

        await SendAsync(destination, pending, cancel);

        var again = pending.Where(d => d.State == DeliveryState.Pending).ToList();
        if (again.Count > 0)
            db.Enqueue(message, time, time.GetUtcNow() + DeliverySchedule.Pause(again.Max(d => d.Attempts)));
        else
            db.Enqueue(new SeriesSent { SeriesId = message.SeriesId, Destination = message.Destination }, time);
        if (destination.StorageCommitment)
            AskForCommitment(pending, message, db);
        var delivered = pending.Count(d => d.State == DeliveryState.Delivered);
        LogSent(message.SeriesId, destination.Name, delivered, pending.Count);
    }

    private async Task SendAsync(Destination destination, List<DeliveryRow> pending, CancellationToken cancel)
    {
        var rows = pending.ToDictionary(d => new Part10Source(d.Instance.SopInstanceUid, () => objects.OpenRead(d.Instance.Sha256)));
        var unanswered = pending.ToHashSet();
        try
        {
            await foreach (var result in destination.Client(time).StoreAsync(rows.Keys, cancel))
            {
                Note(rows[result.Source], result);
                unanswered.Remove(rows[result.Source]);
            }
        }
        catch (DicomNetworkException e)
        {
            foreach (var row in unanswered)
                Failed(row, null, e.Message, e.IsTransient);
        }
    }

    private void Note(DeliveryRow row, StoreResult result)
    {
        if (!result.IsStored)
        {
            Failed(row, result.Status, result.Error, result.Status is { } status && DeliverySchedule.IsTransient(status));
            return;
        }
        row.Attempts++;
        row.DicomStatus = result.Status;
        row.Error = null;
        row.State = DeliveryState.Delivered;
        row.SentAt = time.GetUtcNow();
    }

    private void Failed(DeliveryRow row, int? status, string? error, bool transient)
    {
        row.Attempts++;
        row.DicomStatus = status;
        row.Error = error;
        row.State = transient && row.Attempts < options.Value.MaxAttempts ? DeliveryState.Pending : DeliveryState.Parked;
    }

    /// <summary>Asked by a message of its own: the transaction UID must be durable before the destination may answer to it.</summary>
    private void AskForCommitment(List<DeliveryRow> sent, DeliverSeries message, GatewayDbContext db)
    {
        var delivered = sent.FindAll(d => d.State == DeliveryState.Delivered);
        if (delivered.Count == 0)
            return;
        var transaction = Uid.Of(Guid.CreateVersion7(time.GetUtcNow())).Value;
        delivered.ForEach(d => d.CommitmentTransactionUid = transaction);
        db.Enqueue(new RequestCommitment { SeriesId = message.SeriesId, Destination = message.Destination }, time);
    }

    [LoggerMessage(EventId = 2003, Level = LogLevel.Information, Message = "Series {SeriesId}: {Delivered} of {Count} instances delivered to {Destination}")]
    private partial void LogSent(Guid seriesId, string destination, int delivered, int count);
}
