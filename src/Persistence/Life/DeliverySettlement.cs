using Gateway.Contracts.Reasons;
using System.Text.Json;
using Gateway.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>A series is delivered when every destination has every instance; one parked instance makes it failed.</summary>
public static class DeliverySettlement
{
    private static readonly List<Reason> Parked =
    [
        ReasonCode.DeliveryParked.Because(
            "A destination refused an image for good, or did not get its source in time, or its stored file is gone."),
    ];

    /// <summary>The instances of a series that wait for a destination. None, once more images of its source have come: they make a new
    /// series.</summary>
    public static IQueryable<Delivery> Waiting(this GatewayDbContext db, Guid seriesId, string destination) =>
        db.Waiting(destination).Where(delivery => delivery.Instance.SeriesId == seriesId);

    /// <inheritdoc cref="Waiting(GatewayDbContext, Guid, string)"/>
    public static IQueryable<Delivery> Waiting(this GatewayDbContext db, string destination) =>
        from delivery in db.Deliveries
        where delivery.Destination == destination && delivery.State == DeliveryState.Pending
        where delivery.Instance.Series.State != SeriesState.Superseded
        where !db.Series.Any(source => source.Id == delivery.Instance.Series.DerivedFromSeriesId && source.State == SeriesState.Receiving)
        select delivery;

    /// <summary>Once no delivery row of a derived series waits, gives the series the state that the rows say; a delivered one's source
    /// becomes
    /// delivered too. Called in a transaction of its own, after the rows were committed.</summary>
    public static async Task SettleDeliveryAsync(this GatewayDbContext db, Guid seriesId, CancellationToken cancel)
    {
        var derived = db.Series.Where(s => s.Id == seriesId);
        // Whoever adds or replays deliveries moves the series and so holds its study until they are committed: they are seen below.
        await db.LockStudiesAsync(await derived.Select(s => s.StudyId).ToListAsync(cancel), cancel);
        var rows = db.Deliveries.Where(d => d.Instance.SeriesId == seriesId);
        var settled = derived.Where(_ => rows.Any() && !rows.Any(d => d.State == DeliveryState.Pending));

        await settled.Where(_ => rows.Any(d => d.State == DeliveryState.Parked))
            .MoveAsync(db, SeriesEvent.DeliveryParked, cancel, set => set.SetProperty(s => s.Reasons, Parked));
        await settled.Where(_ => !rows.Any(d => d.State == DeliveryState.Parked))
            .MoveAsync(db, SeriesEvent.DeliveryDone, cancel, set => set.SetProperty(s => s.Reasons, new List<Reason>()));
        await db.Series.Where(
            s => s.Origin == SeriesOrigin.Received
                && derived.Any(d => d.State == SeriesState.Delivered && d.DerivedFromSeriesId == s.Id && d.Revision == s.Revision))
            .MoveAsync(db, SeriesEvent.DeliveryDone, cancel);
    }

    /// <summary>What a destination did not take becomes a failure that an operator sees and may replay: one, however often this is
    /// called. Called after <see cref="SettleDeliveryAsync"/>, in its transaction.</summary>
    public static async Task NoteParkedAsync(
        this GatewayDbContext db, Guid seriesId, string destination, TimeProvider time, CancellationToken cancel)
    {
        var parked = await db.Deliveries.CountAsync(
            d => d.Instance.SeriesId == seriesId && d.Destination == destination && d.State == DeliveryState.Parked, cancel);
        if (parked == 0)
            return;
        var (type, body) = (ContractTypes.NameOf(typeof(DeliverSeries)), JsonSerializer.Serialize(
            new DeliverSeries { SeriesId = seriesId, Destination = destination }, ContractTypes.Json));
        if (await db.Failures.AnyAsync(
            f => f.SeriesId == seriesId && f.MessageType == type && f.Body == body && f.ReplayedAt == null, cancel))
            return;
        db.Failures.Add(new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            MessageType = type,
            Body = body,
            SeriesId = seriesId,
            StudyId = await db.Series.Where(s => s.Id == seriesId).Select(s => s.StudyId).SingleAsync(cancel),
            Code = Parked[0].Code,
            Text = $"{destination} did not take {parked} {(parked == 1 ? "image" : "images")}: refused for good, its source not there "
                + "in time, or the stored file gone.",
            At = time.GetUtcNow(),
        });
    }
}
