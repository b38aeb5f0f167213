using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>The one place that writes the state of a model. Each act is a row; all of an act is in the caller's transaction, or one of its
/// own.</summary>
public static class ModelRegistry
{
    /// <summary>The champion of a direction; null before the first.</summary>
    public static Task<Model?> ChampionAsync(this GatewayDbContext db, string direction, CancellationToken cancel) =>
        db.Models.AsNoTracking().SingleOrDefaultAsync(m => m.Direction == direction && m.State == ModelState.Champion, cancel);

    /// <summary>Adds a model that is new, as a candidate or as rejected; saved by the caller.</summary>
    /// <param name="db">Where.</param>
    /// <param name="model">With its state set; its file is an object already.</param>
    /// <param name="kind">How it came: imported, trained or rejected.</param>
    /// <param name="by">Who.</param>
    /// <param name="why">Why.</param>
    /// <param name="now">When.</param>
    public static void AddModel(this GatewayDbContext db, Model model, ModelActKind kind, string by, string why, DateTimeOffset now)
    {
        db.Models.Add(model);
        db.ModelActs.Add(Act(model.Digest, kind, by, why, now));
    }

    /// <summary>Makes a model the champion of its direction and retires the one before, in one transaction.</summary>
    /// <param name="db">Where; saved and committed here unless the caller has begun a transaction.</param>
    /// <param name="digest">Which.</param>
    /// <param name="kind"><see cref="ModelActKind.Activated"/> or <see cref="ModelActKind.RolledBack"/>.</param>
    /// <param name="by">Who.</param>
    /// <param name="why">Why.</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    /// <returns>False: it is the champion already, was rejected, or is not there.</returns>
    public static async Task<bool> ActivateAsync(
        this GatewayDbContext db, string digest, ModelActKind kind, string by, string why, DateTimeOffset now, CancellationToken cancel)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        var model = await db.Models.AsNoTracking().SingleOrDefaultAsync(m => m.Digest == digest, cancel);
        if (model is null or { State: ModelState.Champion or ModelState.Rejected })
            return false;
        // The index lets one champion be: of two that activate at once, one fails. The old one goes first, so that the index never sees two.
        var champions = db.Models.Where(m => m.Direction == model.Direction && m.State == ModelState.Champion);
        var old = await champions.Select(m => m.Digest).ToListAsync(cancel);
        await champions.ExecuteUpdateAsync(set => set.SetProperty(m => m.State, ModelState.Retired), cancel);
        await db.Models.Where(m => m.Digest == digest).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, ModelState.Champion), cancel);
        db.ModelActs.AddRange(old.Select(one => Act(one, ModelActKind.Retired, by, $"{digest[..12]} was activated", now)));
        db.ModelActs.Add(Act(digest, kind, by, why, now));
        await db.SaveChangesAsync(cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
        return true;
    }

    /// <summary>Moves a model that is no champion from one state to another and writes the act.</summary>
    /// <returns>False: it was in none of the states.</returns>
    public static async Task<bool> MoveModelAsync(
        this GatewayDbContext db, string digest, IReadOnlyList<ModelState> from, ModelState to, ModelAct act, CancellationToken cancel)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        if (await db.Models.Where(m => m.Digest == digest && from.Contains(m.State)).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, to), cancel) == 0)
            return false;
        db.ModelActs.Add(act);
        await db.SaveChangesAsync(cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
        return true;
    }

    /// <summary>The row of an act.</summary>
    public static ModelAct Act(string digest, ModelActKind kind, string by, string why, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Digest = digest,
        Kind = kind,
        By = by,
        Why = why,
        At = now,
    };
}
