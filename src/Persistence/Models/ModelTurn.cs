using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>One act's turn on the models of a direction, in its transaction: until that ends, other acts on the direction wait.</summary>
internal sealed class ModelTurn
{
    /// <summary>So that the order of acts is that of their times.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(1);

    private readonly List<ModelAct> _acts;
    private readonly CancellationToken _cancel;

    private ModelTurn(
        GatewayDbContext db, string direction, Model? model, List<ModelAct> acts, DateTimeOffset now, CancellationToken cancel) =>
        (Db, Direction, Model, _acts, Now, _cancel) = (db, direction, model, acts, now, cancel);

    public GatewayDbContext Db { get; }
    public string Direction { get; }

    /// <summary>The model that the act names, as it is now; null where it names a direction.</summary>
    public Model? Model { get; }

    /// <summary>The act's time: after that of every act before.</summary>
    public DateTimeOffset Now { get; }

    public bool HadChampion => _acts.Exists(act => act.Kind is ModelActKind.Activated or ModelActKind.RolledBack);

    public static async Task<ModelTurn> TakeAsync(
        GatewayDbContext db, string direction, string? digest, DateTimeOffset now, CancellationToken cancel)
    {
        // On SQLite one transaction writes at a time.
        if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlAsync(
                $"SELECT 1 FROM models WHERE direction = {direction} ORDER BY digest FOR NO KEY UPDATE", cancel);
        var model = digest is null ? null : await db.Models.AsNoTracking().SingleAsync(m => m.Digest == digest, cancel);
        var acts = await db.ModelActsAsync(direction, cancel);
        // Their order is the history, also where the clocks of two machines differ.
        var last = acts.Count > 0 ? acts[^1].At + Apart : now;
        return new(db, direction, model, acts, now > last ? now : last, cancel);
    }

    public Task<Model?> ChampionAsync() => Db.ChampionAsync(Direction, _cancel);

    public Task<List<string>> InAsync(ModelState state) =>
        Db.Models.Where(m => m.Direction == Direction && m.State == state).Select(m => m.Digest).ToListAsync(_cancel);

    /// <summary>The champion before the one that counts now; null where there is none.</summary>
    public async Task<string?> ChampionBeforeAsync() => ModelHistory.Before(_acts, await InAsync(ModelState.Rejected));

    /// <summary>The trace of the job that made a model.</summary>
    public Task<string?> TraceOfAsync(string digest) => Db.TraceOfAsync(digest, _cancel);

    /// <summary>What a model is that is neither champion nor shadow.</summary>
    public ModelState Beside(string digest) =>
        _acts.Exists(act => act.Digest == digest && act.Kind is (ModelActKind.Activated or ModelActKind.RolledBack))
            ? ModelState.Retired : ModelState.Candidate;

    public async Task<ModelActResult> MoveAsync(string digest, ModelState to, ModelActKind kind, string by, string why)
    {
        await Db.Models.Where(m => m.Digest == digest).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, to), _cancel);
        Db.ModelActs.Add(ModelRegistry.Act(digest, kind, by, why, Now));
        return ModelActResult.Done;
    }
}
