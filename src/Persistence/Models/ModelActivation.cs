using Gateway.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>The one place that moves a model from one state to another. Each act is one transaction: states, the rows that say who, when
/// and why, and, for a new champion, <see cref="ModelActivated"/>. Acts on one direction take turns.</summary>
/// <remarks>By and why are at most <see cref="ModelAct.LongestBy"/> and <see cref="ModelAct.LongestWhy"/> characters.</remarks>
public sealed class ModelActivation(IDbContextFactory<GatewayDbContext> databases, TimeProvider time)
{
    /// <summary>Takes a model in that came from outside: as a candidate.</summary>
    /// <param name="model">New; its file is an object already.</param>
    /// <param name="by">Who brings it.</param>
    /// <param name="why">Why.</param>
    /// <param name="asFirst">As the champion where its direction never had one.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    /// <returns><see cref="ModelActResult.Already"/>: the registry has it.</returns>
    public async Task<ModelActResult> ImportAsync(
        Model model, string by, string why, bool asFirst = false, CancellationToken cancel = default)
    {
        try
        {
            return await AddAsync(model, by, why, asFirst, cancel);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            // Another process brought this one, or the first champion, at the same moment: its row can be seen now.
            return await AddAsync(model, by, why, asFirst, cancel);
        }
    }

    /// <summary>Makes a candidate, a shadow or a retired model the champion and retires the one before.</summary>
    /// <param name="digest">Which.</param>
    /// <param name="by">Who: as the proxy authenticated, as the person typed, or the part of the gateway that a site's policy lets.</param>
    /// <param name="why">Why.</param>
    /// <param name="instead">The champion that the person saw; another one by now is <see cref="ModelActResult.Overtaken"/>. Null:
    /// whichever it is.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    public Task<ModelActResult> ActivateAsync(
        string digest, string by, string why, string? instead = null, CancellationToken cancel = default) =>
        OfModelAsync(
            digest,
            async turn => turn.Model!.State switch
            {
                ModelState.Champion => ModelActResult.Already,
                ModelState.Rejected => ModelActResult.WasRejected,
                _ when instead is not null && instead != (await turn.ChampionAsync())?.Digest => ModelActResult.Overtaken,
                _ => await CrownAsync(turn, digest, ModelActKind.Activated, by, why),
            },
            cancel);

    /// <summary>Activates anew the champion before this one: twice is two back (<see cref="ModelHistory"/>). Models that were rejected
    /// since are passed over.</summary>
    /// <inheritdoc cref="ActivateAsync"/>
    /// <param name="direction">Of which direction, such as <c>t2-ct</c>.</param>
    public Task<ModelActResult> RollBackAsync(
        string direction, string by, string why, string? instead = null, CancellationToken cancel = default) =>
        InTurnAsync(
            direction,
            async turn =>
            {
                if (instead is not null && instead != (await turn.ChampionAsync())?.Digest)
                    return ModelActResult.Overtaken;
                return await turn.ChampionBeforeAsync() is { } before
                    ? await CrownAsync(turn, before, ModelActKind.RolledBack, by, why)
                    : ModelActResult.NoneBefore;
            },
            cancel);

    /// <summary>A person's no: the model translates nothing any more.</summary>
    /// <inheritdoc cref="ActivateAsync"/>
    public Task<ModelActResult> RejectAsync(string digest, string by, string why, CancellationToken cancel = default) =>
        OfModelAsync(
            digest,
            async turn => turn.Model!.State switch
            {
                ModelState.Rejected => ModelActResult.Already,
                ModelState.Champion => ModelActResult.IsChampion,
                _ => await turn.MoveAsync(digest, ModelState.Rejected, ModelActKind.Rejected, by, why),
            },
            cancel);

    /// <summary>Lets a model translate live studies beside the champion. A direction has one shadow: another one ceases to be it.</summary>
    /// <inheritdoc cref="ActivateAsync"/>
    public Task<ModelActResult> BeginShadowAsync(string digest, string by, string why, CancellationToken cancel = default) =>
        OfModelAsync(
            digest,
            async turn => turn.Model!.State switch
            {
                ModelState.Shadow => ModelActResult.Already,
                ModelState.Rejected => ModelActResult.WasRejected,
                ModelState.Champion => ModelActResult.IsChampion,
                _ => await ShadowAsync(turn, digest, by, why),
            },
            cancel);

    /// <summary>A shadow is a candidate again, or retired where it was a champion once.</summary>
    /// <inheritdoc cref="ActivateAsync"/>
    public Task<ModelActResult> EndShadowAsync(string digest, string by, string why, CancellationToken cancel = default) =>
        OfModelAsync(
            digest,
            async turn => turn.Model!.State == ModelState.Shadow
                ? await turn.MoveAsync(digest, turn.Beside(digest), ModelActKind.ShadowEnded, by, why)
                : ModelActResult.Already,
            cancel);

    private async Task<ModelActResult> AddAsync(Model model, string by, string why, bool asFirst, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await InTurnAsync(
            db,
            model.Direction,
            null,
            async turn =>
            {
                if (await db.Models.AnyAsync(m => m.Digest == model.Digest, cancel))
                    return ModelActResult.Already;
                var isFirst = asFirst && !turn.HadChampion;
                model.State = isFirst ? ModelState.Champion : ModelState.Candidate;
                db.AddModel(model, ModelActKind.Imported, by, why, turn.Now);
                if (!isFirst)
                    return ModelActResult.Done;
                db.ModelActs.Add(ModelRegistry.Act(model.Digest, ModelActKind.Activated, by, why, turn.Now + ModelTurn.Apart));
                db.Enqueue(new ModelActivated { Direction = model.Direction, Digest = model.Digest }, time);
                return ModelActResult.Done;
            },
            cancel);
    }

    private static async Task<ModelActResult> ShadowAsync(ModelTurn turn, string digest, string by, string why)
    {
        foreach (var other in await turn.InAsync(ModelState.Shadow))
            await turn.MoveAsync(other, turn.Beside(other), ModelActKind.ShadowEnded, by, $"{digest[..12]} takes its place");
        return await turn.MoveAsync(digest, ModelState.Shadow, ModelActKind.ShadowBegun, by, why);
    }

    private async Task<ModelActResult> CrownAsync(ModelTurn turn, string digest, ModelActKind kind, string by, string why)
    {
        using var span = TrainingTrace.Start("activation", await turn.TraceOfAsync(digest))?.SetTag("model", digest)
            .SetTag("model.act", $"{kind}");
        // The old one goes first: the index lets no direction have two champions.
        foreach (var old in await turn.InAsync(ModelState.Champion))
            await turn.MoveAsync(old, ModelState.Retired, ModelActKind.Retired, by, $"{digest[..12]} was activated");
        turn.Db.Enqueue(new ModelActivated { Direction = turn.Direction, Digest = digest }, time);
        return await turn.MoveAsync(digest, ModelState.Champion, kind, by, why);
    }

    private async Task<ModelActResult> OfModelAsync(string digest, Func<ModelTurn, Task<ModelActResult>> act, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var direction = await db.Models.Where(m => m.Digest == digest).Select(m => m.Direction).SingleOrDefaultAsync(cancel);
        return direction is null ? ModelActResult.Unknown : await InTurnAsync(db, direction, digest, act, cancel);
    }

    private async Task<ModelActResult> InTurnAsync(string direction, Func<ModelTurn, Task<ModelActResult>> act, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await InTurnAsync(db, direction, null, act, cancel);
    }

    private async Task<ModelActResult> InTurnAsync(
        GatewayDbContext db, string direction, string? digest, Func<ModelTurn, Task<ModelActResult>> act, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var result = await act(await ModelTurn.TakeAsync(db, direction, digest, time.GetUtcNow(), cancel));
        if (result != ModelActResult.Done)
            return result;
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return result;
    }
}
