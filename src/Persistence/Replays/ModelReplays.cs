using Gateway.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Has what one model made translated anew by the champion. The new series supersedes the old one once it is there; until then
/// the old one stays as it is.</summary>
public sealed class ModelReplays(IDbContextFactory<GatewayDbContext> databases, TimeProvider time)
{
    /// <summary>Longer than every translator takes to follow an activation: the champion is to make the series, not the one before
    /// it.</summary>
    private static readonly TimeSpan Following = TimeSpan.FromSeconds(10);

    /// <summary>Each series in a transaction of its own. Who and why is kept as an act on the model, or on the champion where the registry
    /// never had the model.</summary>
    /// <param name="madeBy">The digest of the model.</param>
    /// <param name="by">Who wants it, at most <see cref="ModelAct.LongestBy"/> characters.</param>
    /// <param name="why">Why, at most <see cref="ModelAct.LongestWhy"/> characters.</param>
    /// <param name="cancel">Ends it between two series; asked again, it does the rest.</param>
    public async Task<ModelReplay> ReplayAsync(string madeBy, string by, string why, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var made = await db.Series.AsNoTracking()
            .Where(
                s => s.Origin == SeriesOrigin.Derived && s.ModelDigest == madeBy && s.State != SeriesState.Superseded
                    && s.DerivedFromSeriesId != null)
            .Select(s => new { Source = s.DerivedFromSeriesId!.Value, s.Direction, s.Revision }).ToListAsync(cancel);
        if (made.Count == 0)
            return new(ModelReplayResult.Nothing, null, [], 0);
        if (await db.ChampionAsync(made[0].Direction!, cancel) is not { } champion)
            return new(ModelReplayResult.NoChampion, null, [], 0);
        if (champion.Digest == madeBy)
            return new(ModelReplayResult.IsChampion, champion.Digest, [], 0);

        var since = await RecordAsync(db, madeBy, champion.Digest, by, why, cancel);
        var moved = new List<Guid>();
        foreach (var one in made)
            if (await AskAsync(
                new() { SeriesId = one.Source, Revision = one.Revision, Direction = one.Direction }, since + Following, cancel))
                moved.Add(one.Source);
        return new(
            moved.Count > 0 ? ModelReplayResult.Replayed : ModelReplayResult.Nothing, champion.Digest, moved, made.Count - moved.Count);
    }

    /// <returns>Since when the champion is it.</returns>
    private async Task<DateTimeOffset> RecordAsync(
        GatewayDbContext db, string madeBy, string champion, string by, string why, CancellationToken cancel)
    {
        var isKnown = await db.Models.AnyAsync(m => m.Digest == madeBy, cancel);
        db.ModelActs.Add(ModelRegistry.Act(isKnown ? madeBy : champion, ModelActKind.Replayed, by, why, time.GetUtcNow()));
        await db.SaveChangesAsync(cancel);
        return await db.ModelActs.Where(
            act => act.Digest == champion && (act.Kind == ModelActKind.Activated || act.Kind == ModelActKind.RolledBack))
            .MaxAsync(act => act.At, cancel);
    }

    private async Task<bool> AskAsync(TranslateSeries message, DateTimeOffset notBefore, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Series.Where(s => s.Id == message.SeriesId && s.Revision == message.Revision)
            .MoveAsync(db, SeriesEvent.TranslationAskedAnew, cancel) == 0)
            return false;
        var now = time.GetUtcNow();
        db.Enqueue(message, time, notBefore > now ? notBefore : now);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
