using Gateway.Contracts.Reasons;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>A series is delivered when every destination has every instance; one parked instance makes it failed.</summary>
public static class DeliverySettlement
{
    private static readonly List<Reason> Parked =
        [ReasonCode.DeliveryParked.Because("A destination refused an instance for good, or was tried too often.")];

    /// <summary>The instances of a series that wait for a destination. None, once more images of its source have come: they make a new
    /// series.</summary>
    public static IQueryable<Delivery> Waiting(this GatewayDbContext db, Guid seriesId, string destination) =>
        from delivery in db.Deliveries
        where delivery.Instance.SeriesId == seriesId && delivery.Destination == destination && delivery.State == DeliveryState.Pending
        where delivery.Instance.Series.State != SeriesState.Superseded
        where !db.Series.Any(source => source.Id == delivery.Instance.Series.DerivedFromSeriesId && source.State == SeriesState.Receiving)
        select delivery;

    /// <summary>Once no delivery row of a derived series waits, gives the series the state that the rows say; a delivered one's source
    /// becomes
    /// delivered too. Called in a transaction of its own, after the rows were committed.</summary>
    public static async Task SettleDeliveryAsync(this GatewayDbContext db, Guid seriesId, CancellationToken cancel)
    {
        var derived = db.Series.Where(s => s.Id == seriesId);
        // Locks the row of the series first: whoever adds or replays deliveries holds that row until they are committed, so they are seen
        // below.
        await derived.ExecuteUpdateAsync(s => s.SetProperty(x => x.Revision, x => x.Revision), cancel);
        var rows = db.Deliveries.Where(d => d.Instance.SeriesId == seriesId);
        var settled = derived.Where(_ => rows.Any() && !rows.Any(d => d.State == DeliveryState.Pending));

        await settled.Where(_ => rows.Any(d => d.State == DeliveryState.Parked))
            .MoveAsync(SeriesEvent.DeliveryParked, cancel, set => set.SetProperty(s => s.Reasons, Parked));
        await settled.Where(_ => !rows.Any(d => d.State == DeliveryState.Parked))
            .MoveAsync(SeriesEvent.DeliveryDone, cancel, set => set.SetProperty(s => s.Reasons, new List<Reason>()));
        await db.Series.Where(s => derived.Any(d => d.State == SeriesState.Delivered && d.DerivedFromSeriesId == s.Id && d.Revision == s.Revision))
            .MoveAsync(SeriesEvent.DeliveryDone, cancel);
    }
}
