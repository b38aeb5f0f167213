using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using DeliveryRow = Gateway.Persistence.Delivery;

namespace Gateway.TranslationWorker;

/// <summary>Asks a destination to keep safe what it took of a series, until it could be asked. The report comes with the answer or, later,
/// to the DICOM port. It is matched by the transaction UID, which is saved with the deliveries before the destination is asked.</summary>
public sealed class SeriesCommitment(Deliverers deliverers, Outages outages, IObjectStore objects, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>The instances stay delivered whatever happens here: an error is noted on their deliveries, and nothing fails.</summary>
    /// <returns>How long to wait before it is asked again; null: it need not be.</returns>
    /// <exception cref="PermanentFailureException">No destination has the name.</exception>
    public async Task<TimeSpan?> AskAsync(Guid seriesId, string name, GatewayDbContext db, CancellationToken cancel)
    {
        var (destination, deliverer) = deliverers.Find(name);
        var open = await db.Deliveries.Include(d => d.Instance)
            .Where(d => d.Instance.SeriesId == seriesId && d.Destination == name)
            .Where(d => d.CommitmentTransactionUid != null && d.CommittedAt == null && d.CommitmentFailure == null)
            .ToListAsync(cancel);
        var again = false;
        foreach (var rows in open.GroupBy(d => d.CommitmentTransactionUid!).Select(rows => rows.ToList()))
        {
            var instances = rows.ConvertAll(row => OutgoingInstance.Of(row, objects));
            var answer = await deliverer.AskToCommitAsync(destination, rows[0].CommitmentTransactionUid!, instances, cancel);
            rows.ForEach(row => Note(row, answer));
            Tell(name, answer, rows.Min(row => row.SentAt));
            again |= !answer.IsAsked;
        }
        return again ? Pause : null;
    }

    private void Tell(string name, CommitmentAnswer answer, DateTimeOffset? since)
    {
        var what = $"storage commitment of {name}";
        if (answer.IsAsked)
            outages.Over(what);
        else
            outages.Away(what, answer.Text ?? "no answer", since);
    }

    private void Note(DeliveryRow row, CommitmentAnswer answer)
    {
        row.Error = answer.Text;
        if (answer.Refused.TryGetValue(row.Instance.SopInstanceUid, out var reason))
            row.CommitmentFailure = reason;
        else if (answer.Kept.Contains(row.Instance.SopInstanceUid))
            row.CommittedAt = time.GetUtcNow();
    }
}
