using Gateway.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Has work done again that was given up on, from where it stopped: a delivery sends the stored
/// bytes, a translation makes the same
/// series where model and images are the same.</summary>
public sealed class WorkReplays(IDbContextFactory<GatewayDbContext> databases, TimeProvider time)
{
    /// <summary>Replays what a filter names, oldest first, each failure in a transaction of its own.</summary>
    /// <param name="filter">Which failures.</param>
    /// <param name="by">Who wants it, at most <see cref="Replay.LongestBy"/> characters.</param>
    /// <param name="why">Why, at most <see cref="Replay.LongestWhy"/> characters.</param>
    /// <param name="cancel">Ends it between two failures.</param>
    /// <returns>Every failure that the filter names and nobody had replayed.</returns>
    public async Task<IReadOnlyList<ReplayedFailure>> ReplayAsync(ReplayFilter filter, string by, string why, CancellationToken cancel)
    {
        var done = new List<ReplayedFailure>();
        foreach (var failure in await FindAsync(filter, cancel))
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var result = await ReplayAsync(db, failure, by, why, cancel);
            done.Add(new(failure.Id, failure.MessageType.Split('.')[^1], failure.SeriesId, result));
        }
        return done;
    }

    private async Task<IReadOnlyList<Failure>> FindAsync(ReplayFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var failures = db.Failures.AsNoTracking().Where(f => f.ReplayedAt == null);
        if (filter.Failure is { } id)
            failures = failures.Where(f => f.Id == id);
        if (filter.Study is { } study)
            failures = failures.Where(f => f.StudyId == study || db.Series.Any(s => s.Id == f.SeriesId && s.StudyId == study));
        if (filter.Stage is { } stage)
            failures = failures.Where(f => f.MessageType == stage || f.MessageType.EndsWith("." + stage));
        if (filter.From is { } from)
            failures = failures.Where(f => f.At >= from);
        if (filter.To is { } to)
            failures = failures.Where(f => f.At < to);
        var found = await failures.OrderBy(f => f.At).ThenBy(f => f.Id).ToListAsync(cancel);
        return filter.Destination is { } destination ? found.FindAll(f => DestinationOf(f) == destination) : found;
    }

    private async Task<ReplayResult> ReplayAsync(GatewayDbContext db, Failure failure, string by, string why, CancellationToken cancel)
    {
        if (StageOfWork.Read(failure.MessageType, failure.Body) is not { } message)
            return ReplayResult.Unreadable;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = time.GetUtcNow();
        // Of two people one comes first.
        if (await db.Failures.Where(f => f.Id == failure.Id && f.ReplayedAt == null)
            .ExecuteUpdateAsync(f => f.SetProperty(x => x.ReplayedAt, now), cancel) == 0)
            return ReplayResult.Already;
        if (StageOfWork.Of(db, failure.MessageType, failure.Body) is { } stage && !await MoveBackAsync(db, stage, failure, cancel))
            return ReplayResult.WentOn;
        if (message is DeliverSeries delivery)
            await WaitAgainAsync(db, delivery, now, cancel);

        db.Outbox.Add(
            new() { Id = Guid.CreateVersion7(now), Type = failure.MessageType, Body = failure.Body, CreatedAt = now, NotBefore = now });
        db.Replays.Add(new() { Id = Guid.CreateVersion7(now), FailureId = failure.Id, At = now, By = by, Why = why });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return ReplayResult.Replayed;
    }

    /// <returns>Whether any series stood where the work stopped.</returns>
    private static async Task<bool> MoveBackAsync(GatewayDbContext db, StageOfWork stage, Failure failure, CancellationToken cancel)
    {
        var moved = false;
        foreach (var series in await stage.Series.ToListAsync(cancel))
        {
            if (await db.Series.Where(s => s.Id == series.Id).MoveAsync(db, stage.Replayed, cancel) == 0)
                continue;
            series.Reasons = series.Reasons.FindAll(reason => reason.Code != failure.Code);
            moved = true;
        }
        return moved;
    }

    /// <summary>What the destination did not take is tried from the beginning.</summary>
    private static Task<int> WaitAgainAsync(GatewayDbContext db, DeliverSeries delivery, DateTimeOffset now, CancellationToken cancel) =>
        db.Deliveries.Where(
            d => d.Instance.SeriesId == delivery.SeriesId && d.Destination == delivery.Destination && d.State == DeliveryState.Parked)
            .ExecuteUpdateAsync(
                d => d.SetProperty(x => x.State, DeliveryState.Pending).SetProperty(x => x.Attempts, 0)
                    .SetProperty(x => x.WaitingSince, now), cancel);

    private static string? DestinationOf(Failure failure) => StageOfWork.Read(failure.MessageType, failure.Body) switch
    {
        DeliverSeries m => m.Destination,
        SeriesSent m => m.Destination,
        RequestCommitment m => m.Destination,
        _ => null,
    };
}
