using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using DeliveryRow = Gateway.Persistence.Delivery;

namespace Gateway.TranslationWorker;

/// <summary>Asks a destination to keep safe what it took of a series, until it could be asked. The report comes with the answer or, later,
/// to the DICOM port. It is matched by the transaction UID, which is saved with the deliveries before the destination is asked.</summary>
public sealed partial class SeriesCommitment(
    Deliverers deliverers, Outages outages, IObjectStore objects, TimeProvider time, ILogger<SeriesCommitment> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>Before it is looked whether somebody has brought back a destination that was taken out.</summary>
    private static readonly TimeSpan Unknown = TimeSpan.FromHours(1);

    /// <summary>An instance that the destination does not keep is parked, and the series <c>failed</c>. Where it cannot be asked, or does
    /// not offer it, the instances stay delivered, and what it said is noted on their deliveries.</summary>
    /// <returns>How long to wait before it is asked again; null: it need not be.</returns>
    public async Task<TimeSpan?> AskAsync(Guid seriesId, string name, GatewayDbContext db, CancellationToken cancel)
    {
        if (deliverers.Find(name) is not var (destination, deliverer))
            return await Open(seriesId, name, db).AnyAsync(cancel) ? Unknown : null;
        var open = await Open(seriesId, name, db).Include(d => d.Instance).ToListAsync(cancel);
        var answers = new List<(List<DeliveryRow> Rows, CommitmentAnswer Answer)>();
        foreach (var rows in open.GroupBy(d => d.CommitmentTransactionUid!).Select(rows => rows.ToList()))
        {
            var instances = rows.ConvertAll(row => OutgoingInstance.Of(row, objects));
            var answer = await deliverer.AskToCommitAsync(destination, rows[0].CommitmentTransactionUid!, instances, cancel);
            answers.Add((rows, answer));
            Tell(name, answer, rows.Min(row => row.SentAt));
        }
        await db.Database.BeginTransactionAsync(cancel);    // only now: others write while the destination is asked
        foreach (var (rows, answer) in answers)
            await NoteAsync(rows, answer, db, cancel);
        return answers.Exists(one => !one.Answer.IsAsked) ? Pause : null;
    }

    private static IQueryable<DeliveryRow> Open(Guid seriesId, string name, GatewayDbContext db) => db.Deliveries
        .Where(d => d.Instance.SeriesId == seriesId && d.Destination == name)
        .Where(d => d.CommitmentTransactionUid != null && d.CommittedAt == null && d.CommitmentFailure == null);

    private void Tell(string name, CommitmentAnswer answer, DateTimeOffset? since)
    {
        var what = $"storage commitment of {name}";
        if (answer.IsAsked)
            outages.Over(what);
        else
            outages.Away(what, answer.Text ?? "no answer", since);
    }

    private async Task NoteAsync(List<DeliveryRow> rows, CommitmentAnswer answer, GatewayDbContext db, CancellationToken cancel)
    {
        foreach (var row in rows)
            (row.Error, row.CommitmentFailure, row.CommitmentAskedAt, row.CommitmentMissedAt) =
                (answer.Text, answer.Denied, answer.IsAsked ? time.GetUtcNow() : row.CommitmentAskedAt, null);
        await db.NoteCommitmentAsync(rows, answer.Kept, answer.Refused, time.GetUtcNow(), cancel);
        if (answer.Refused.Count > 0)
            LogNotKept(rows[0].Instance.SeriesId, rows[0].Destination, answer.Refused.Count);
    }

    [LoggerMessage(
        EventId = 2034, Level = LogLevel.Warning,
        Message = "Series {SeriesId}: {Destination} does not keep {Count} instances safe that it had taken")]
    private partial void LogNotKept(Guid seriesId, string destination, int count);
}
