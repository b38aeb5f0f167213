using System.Text.Json;
using Gateway.Contracts;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using static Gateway.Persistence.Tests.Registry;

namespace Gateway.Persistence.Tests;

/// <summary>Who becomes the champion, and what is kept of it.</summary>
public sealed class ModelActivationTests
{
    [Theory, EachDatabase]
    public async Task An_activation_retires_the_champion_before_is_recorded_and_announced(DatabaseProvider provider)
    {
        await using var registry = await CreateAsync(provider);
        Assert.Equal(ModelActResult.Done, await registry.ActivateAsync('a'));
        Assert.Equal(ModelActResult.Done, await registry.ActivateAsync('b'));

        Assert.Equal('b', await registry.ChampionAsync());
        Assert.Equal(ModelState.Retired, await registry.StateAsync('a'));
        await using var db = registry.Open();
        Assert.Equal(
            [('a', ModelActKind.Imported), ('a', ModelActKind.Activated), ('a', ModelActKind.Retired), ('b', ModelActKind.Imported),
                ('b', ModelActKind.Activated)],
            (await db.ModelActs.OrderBy(act => act.Digest).ThenBy(act => act.At).Where(act => act.Digest != Digest('c'))
                .ToListAsync(Cancel))
                .Select(act => (act.Digest[0], act.Kind)));
        Assert.Equal(
            [new ModelActivated { Direction = Direction, Digest = Digest('a') }, new ModelActivated
            {
                Direction = Direction,
                Digest = Digest('b'),
            }],
            (await db.Outbox.ToListAsync(Cancel)).Select(row => JsonSerializer.Deserialize<ModelActivated>(row.Body, ContractTypes.Json)!)
                .OrderBy(m => m.Digest));
    }

    [Theory, EachDatabase]
    public async Task Of_persons_who_activate_at_once_each_is_told_and_one_champion_is_left(DatabaseProvider provider)
    {
        await using var registry = await CreateAsync(provider, "abcdef");
        await registry.ActivateAsync('a');

        var results = await Task.WhenAll("bcdef".Select(name => Task.Run(() => registry.ActivateAsync(name, instead: Digest('a')))));

        Assert.Single(results, ModelActResult.Done);
        Assert.Equal(4, results.Count(result => result == ModelActResult.Overtaken));
        await using var db = registry.Open();
        Assert.Equal(1, await db.Models.CountAsync(m => m.State == ModelState.Champion, Cancel));
        Assert.Equal(2, await db.Outbox.CountAsync(Cancel));
        Assert.Equal(2, await db.ModelActs.CountAsync(act => act.Kind == ModelActKind.Activated, Cancel));
    }

    [Theory, EachDatabase]
    public async Task Those_who_do_not_say_whom_they_saw_come_one_after_the_other(DatabaseProvider provider)
    {
        await using var registry = await CreateAsync(provider, "abcd");

        var results = await Task.WhenAll("abcd".Select(name => Task.Run(() => registry.ActivateAsync(name))));

        Assert.All(results, result => Assert.Equal(ModelActResult.Done, result));
        await using var db = registry.Open();
        Assert.Equal(1, await db.Models.CountAsync(m => m.State == ModelState.Champion, Cancel));
        Assert.Equal(3, await db.Models.CountAsync(m => m.State == ModelState.Retired, Cancel));
    }

    [Theory, EachDatabase]
    public async Task Each_roll_back_goes_one_further_back_past_the_rejected_and_never_forth(DatabaseProvider provider)
    {
        await using var registry = await CreateAsync(provider, "abcd");
        foreach (var name in "abcd")
            await registry.ActivateAsync(name);
        await registry.Activation.RejectAsync(Digest('c'), "Anna", "Blurred.", Cancel);

        Assert.Equal(ModelActResult.Done, await registry.RollBackAsync());
        Assert.Equal('b', await registry.ChampionAsync());
        Assert.Equal(ModelActResult.Done, await registry.RollBackAsync());
        Assert.Equal('a', await registry.ChampionAsync());
        Assert.Equal(ModelActResult.NoneBefore, await registry.RollBackAsync());

        Assert.Equal(ModelActResult.Done, await registry.ActivateAsync('d'));
        Assert.Equal(ModelActResult.Done, await registry.RollBackAsync());
        Assert.Equal('a', await registry.ChampionAsync());
    }

    [Theory, EachDatabase]
    public async Task What_cannot_be_is_told_and_changes_nothing(DatabaseProvider provider)
    {
        await using var registry = await CreateAsync(provider);
        await registry.ActivateAsync('a');
        await registry.Activation.RejectAsync(Digest('b'), "Anna", "Blurred.", Cancel);
        await using var db = registry.Open();
        var before = (await db.ModelActs.CountAsync(Cancel), await db.Outbox.CountAsync(Cancel));

        Assert.Equal(ModelActResult.Already, await registry.ActivateAsync('a'));
        Assert.Equal(ModelActResult.WasRejected, await registry.ActivateAsync('b'));
        Assert.Equal(ModelActResult.Unknown, await registry.ActivateAsync('x'));
        Assert.Equal(ModelActResult.Overtaken, await registry.ActivateAsync('c', instead: Digest('b')));
        Assert.Equal(ModelActResult.IsChampion, await registry.Activation.RejectAsync(Digest('a'), "Anna", "No.", Cancel));
        Assert.Equal(ModelActResult.IsChampion, await registry.Activation.BeginShadowAsync(Digest('a'), "Anna", "No.", Cancel));
        Assert.Equal(ModelActResult.WasRejected, await registry.Activation.BeginShadowAsync(Digest('b'), "Anna", "No.", Cancel));
        Assert.Equal(ModelActResult.Already, await registry.Activation.EndShadowAsync(Digest('c'), "Anna", "No.", Cancel));
        Assert.Equal(ModelActResult.NoneBefore, await registry.RollBackAsync());

        Assert.Equal(before, (await db.ModelActs.CountAsync(Cancel), await db.Outbox.CountAsync(Cancel)));
        Assert.Equal('a', await registry.ChampionAsync());
    }

    [Theory, EachDatabase]
    public async Task A_direction_has_one_shadow_which_becomes_again_what_it_was(DatabaseProvider provider)
    {
        await using var registry = await CreateAsync(provider);
        await registry.ActivateAsync('a');
        await registry.ActivateAsync('b');

        Assert.Equal(ModelActResult.Done, await registry.Activation.BeginShadowAsync(Digest('a'), "Anna", "Compare.", Cancel));
        Assert.Equal(ModelActResult.Done, await registry.Activation.BeginShadowAsync(Digest('c'), "Anna", "Compare.", Cancel));
        Assert.Equal((ModelState.Retired, ModelState.Shadow), (await registry.StateAsync('a'), await registry.StateAsync('c')));
        Assert.Equal(ModelActResult.Done, await registry.Activation.EndShadowAsync(Digest('c'), "Anna", "Enough.", Cancel));
        Assert.Equal(ModelState.Candidate, await registry.StateAsync('c'));
    }
}
