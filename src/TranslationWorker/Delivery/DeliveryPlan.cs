using Gateway.Contracts;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using DeliveryRow = Gateway.Persistence.Delivery;

namespace Gateway.TranslationWorker;

/// <summary>What is sent of a result: its images, then the report on it.</summary>
internal static class DeliveryPlan
{
    /// <summary>A row for each instance and destination that has none, and a message for each series and destination; nothing where the
    /// result does not count any more. In the caller's transaction.</summary>
    /// <param name="db">In a transaction.</param>
    /// <param name="derived">The derived series.</param>
    /// <param name="destinations">Where it goes.</param>
    /// <param name="time">Clock of the rows.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    public static async Task PlanAsync(
        this GatewayDbContext db, Guid derived, IReadOnlyList<Destination> destinations, TimeProvider time, CancellationToken cancel)
    {
        var made = db.Series.Where(
            s => s.Id == derived || (s.DerivedFromSeriesId == derived && s.Origin == SeriesOrigin.Report));
        if (await made.MoveAsync(db, SeriesEvent.DeliveryStarted, cancel) == 0)
            return;
        var planned = await db.Deliveries.Where(d => made.Any(s => s.Id == d.Instance.SeriesId))
            .Select(d => new { d.InstanceId, d.Destination }).ToListAsync(cancel);
        foreach (var series in (await made.AsNoTracking().Include(s => s.Instances).ToListAsync(cancel)).OrderBy(s => s.Origin))
            foreach (var at in destinations.Select(destination => destination.Name))
            {
                foreach (var instance in series.Instances.Where(i => !planned.Contains(new { InstanceId = i.Id, Destination = at })))
                    db.Deliveries.Add(DeliveryRow.Planned(instance.Id, at, time.GetUtcNow()));
                db.Enqueue(new DeliverSeries { SeriesId = series.Id, Destination = at }, time);
            }
    }
}
