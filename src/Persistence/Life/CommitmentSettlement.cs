using System.Text.Json;
using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>An image that a destination took and does not keep safe is not delivered.</summary>
public static class CommitmentSettlement
{
    private static readonly List<Reason> NotCommitted =
        [ReasonCode.NotCommitted.Because("A destination said that it does not keep an image safe that it had taken.")];

    /// <summary>Writes what a destination said of the images of one transaction (PS3.4 J.3.3): those it does not keep are parked, their
    /// series are <c>failed</c>, each with a failure that an operator sees and may replay. The caller saves nothing else and
    /// commits.</summary>
    /// <param name="db">In the caller's transaction.</param>
    /// <param name="rows">The deliveries, with their instances.</param>
    /// <param name="kept">SOP Instance UIDs of what is kept.</param>
    /// <param name="refused">SOP Instance UIDs of what is not, with the Failure Reason (0008,1197).</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    public static async Task NoteCommitmentAsync(
        this GatewayDbContext db, IReadOnlyCollection<Delivery> rows, IReadOnlySet<string> kept, IReadOnlyDictionary<string, int> refused,
        DateTimeOffset now, CancellationToken cancel)
    {
        var failed = rows.Where(row => refused.ContainsKey(row.Instance.SopInstanceUid)).ToList();
        foreach (var row in rows.Where(row => kept.Contains(row.Instance.SopInstanceUid)))
            (row.CommittedAt, row.CommitmentFailure) = (now, null);
        foreach (var row in failed)
            (row.State, row.CommitmentFailure) = (DeliveryState.Parked, refused[row.Instance.SopInstanceUid]);
        await db.SaveChangesAsync(cancel);
        foreach (var group in failed.GroupBy(row => (row.Instance.SeriesId, row.Destination)))
            await FailAsync(db, group.Key.SeriesId, group.Key.Destination, group.Count(), now, cancel);
    }

    private static async Task FailAsync(
        GatewayDbContext db, Guid seriesId, string destination, int images, DateTimeOffset now, CancellationToken cancel)
    {
        await db.Series.Where(s => s.Id == seriesId)
            .MoveAsync(db, SeriesEvent.CommitmentRefused, cancel, set => set.SetProperty(s => s.Reasons, NotCommitted));
        db.Failures.Add(new()
        {
            Id = Guid.CreateVersion7(now),
            MessageType = ContractTypes.NameOf(typeof(DeliverSeries)),
            Body = JsonSerializer.Serialize(new DeliverSeries { SeriesId = seriesId, Destination = destination }, ContractTypes.Json),
            SeriesId = seriesId,
            StudyId = await db.Series.Where(s => s.Id == seriesId).Select(s => s.StudyId).SingleAsync(cancel),
            Code = NotCommitted[0].Code,
            Text = $"{destination} does not keep {images} {(images == 1 ? "image" : "images")} safe that it had taken.",
            At = now,
        });
        await db.SaveChangesAsync(cancel);
    }
}
