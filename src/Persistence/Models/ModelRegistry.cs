using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>What the registry knows, and how a model comes into it. <see cref="ModelActivation"/> moves models on.</summary>
public static class ModelRegistry
{
    /// <summary>The champion of a direction; null before the first.</summary>
    public static Task<Model?> ChampionAsync(this GatewayDbContext db, string direction, CancellationToken cancel) =>
        db.Models.AsNoTracking().SingleOrDefaultAsync(m => m.Direction == direction && m.State == ModelState.Champion, cancel);

    /// <summary>Every act on a model of a direction, oldest first.</summary>
    public static Task<List<ModelAct>> ModelActsAsync(this GatewayDbContext db, string direction, CancellationToken cancel) =>
        db.ModelActs.AsNoTracking().Where(act => db.Models.Any(m => m.Digest == act.Digest && m.Direction == direction))
            .OrderBy(act => act.At).ThenBy(act => act.Id).ToListAsync(cancel);

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
