using Gateway.Contracts;
using Gateway.DicomNetwork;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using DeliveryRow = Gateway.Persistence.Delivery;

namespace Gateway.TranslationWorker;

/// <summary>RequestCommitment → N-ACTION to the destination. Its report comes on the same association or, later, to the DICOM port, by the
/// transaction UID that the deliveries have borne since before they asked.</summary>
public sealed partial class RequestCommitmentHandler(IOptions<DeliveryOptions> options, TimeProvider time, ILogger<RequestCommitmentHandler> logger)
    : IHandler<RequestCommitment>
{
    /// <summary>For a report on the same association: archives that answer there do so at once.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(1);

    public async Task HandleAsync(RequestCommitment message, GatewayDbContext db, CancellationToken cancel)
    {
        var destination = options.Value.Find(message.Destination);
        var open = await db.Deliveries.Include(d => d.Instance)
            .Where(d => d.Instance.SeriesId == message.SeriesId && d.Destination == message.Destination)
            .Where(d => d.CommitmentTransactionUid != null && d.CommittedAt == null && d.CommitmentFailure == null)
            .ToListAsync(cancel);
        foreach (var transaction in open.GroupBy(d => d.CommitmentTransactionUid!).Select(rows => rows.ToList()))
        {
            if (!await TryAskAsync(destination, transaction, cancel) && time.GetUtcNow() - transaction.Max(d => d.SentAt) < GivenUpAfter)
                db.Enqueue(message, time, time.GetUtcNow() + Pause);
        }
    }

    /// <summary>The instances are delivered whatever comes of this: what goes wrong is noted on them and fails nothing.</summary>
    private async Task<bool> TryAskAsync(Destination destination, List<DeliveryRow> rows, CancellationToken cancel)
    {
        try
        {
            var request = new CommitmentRequest(Uid.Parse(rows[0].CommitmentTransactionUid!), rows.ConvertAll(Reference));
            var outcome = await destination.Client(time).RequestCommitmentAsync(request, Wait, cancel);
            rows.ForEach(row => Note(row, outcome));
            LogAsked(destination.Name, rows.Count, outcome.Status, outcome.Result is not null);
            return true;
        }
        catch (DicomNetworkException error)
        {
            rows.ForEach(row => row.Error = error.Message);
            return false;
        }
    }

    private static SopReference Reference(DeliveryRow row) => new(Uid.Parse(row.Instance.SopClassUid), Uid.Parse(row.Instance.SopInstanceUid));

    private void Note(DeliveryRow row, CommitmentOutcome outcome)
    {
        row.Error = outcome.Error;
        if (outcome.Status != DimseStatus.Success)
            row.CommitmentFailure = outcome.Status;
        else if (outcome.Result is { } result)
            Note(row, result);
    }

    private void Note(DeliveryRow row, CommitmentResult result)
    {
        var uid = row.Instance.SopInstanceUid;
        if (result.Failed.FirstOrDefault(failed => failed.Instance.SopInstanceUid.Value == uid) is { } failed)
            row.CommitmentFailure = failed.Reason;
        else if (result.Kept.Any(kept => kept.SopInstanceUid.Value == uid))
            row.CommittedAt = time.GetUtcNow();
    }

    [LoggerMessage(EventId = 2004, Level = LogLevel.Information, Message = "{Destination}, asked to keep {Count} instances safe, answered {Status}; reported at once: {Reported}")]
    private partial void LogAsked(string destination, int count, ushort status, bool reported);
}
