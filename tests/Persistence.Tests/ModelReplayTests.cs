using System.Text.Json;
using Gateway.Contracts;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using static Gateway.Persistence.Tests.Registry;

namespace Gateway.Persistence.Tests;

/// <summary>What one model made is asked of the champion anew.</summary>
public sealed class ModelReplayTests
{
    [Theory, EachDatabase]
    public async Task What_counts_of_a_models_series_is_translated_anew_once(DatabaseProvider provider)
    {
        await using var registry = await CreateAsync(provider);
        await registry.ActivateAsync('a');
        await registry.ActivateAsync('b');
        var (delivered, translated) =
            (await MadeAsync(registry, "1", SeriesState.Delivered), await MadeAsync(registry, "2", SeriesState.Translated));
        await MadeAsync(registry, "3", SeriesState.Translating);
        await MadeAsync(registry, "4", SeriesState.Delivered, revision: 2);
        await MadeAsync(registry, "5", SeriesState.Delivered, SeriesState.Superseded);
        await MadeAsync(registry, "6", SeriesState.Delivered, model: 'b');

        var first = await ReplayAsync(registry, 'a');
        var second = await ReplayAsync(registry, 'a');

        Assert.Equal((ModelReplayResult.Replayed, Digest('b'), 2), (first.Result, first.Champion, first.WentOn));
        Assert.Equal(new[] { delivered, translated }.Order(), first.Series.Order());
        Assert.Equal((ModelReplayResult.Nothing, 0), (second.Result, second.Series.Count));
        await using var db = registry.Open();
        Assert.Equal(2, await db.Series.CountAsync(s => s.State == SeriesState.Queued, Cancel));
        var asked = (await db.Outbox.Where(row => row.Type == typeof(TranslateSeries).FullName).ToListAsync(Cancel))
            .ConvertAll(row => (Message: JsonSerializer.Deserialize<TranslateSeries>(row.Body, ContractTypes.Json)!, row.NotBefore));
        Assert.Equal(new[] { delivered, translated }.Order(), asked.Select(one => one.Message.SeriesId).Order());
        Assert.All(asked, one => Assert.Equal((1, Direction), (one.Message.Revision, one.Message.Direction)));
        Assert.All(
            asked, one => Assert.True(
                one.NotBefore > registry.Time.GetUtcNow() + TimeSpan.FromSeconds(9), "every translator follows first"));
        Assert.Equal(
            [("Anna", "Better."), ("Anna", "Better.")],
            (await db.ModelActs.Where(act => act.Kind == ModelActKind.Replayed).ToListAsync(Cancel)).Select(act => (act.By, act.Why)));
    }

    [Theory, EachDatabase]
    public async Task The_champions_own_series_and_those_of_nobody_are_left_alone(DatabaseProvider provider)
    {
        await using var registry = await CreateAsync(provider);
        await MadeAsync(registry, "1", SeriesState.Delivered);
        Assert.Equal(ModelReplayResult.NoChampion, (await ReplayAsync(registry, 'a')).Result);
        await registry.ActivateAsync('a');

        Assert.Equal(ModelReplayResult.IsChampion, (await ReplayAsync(registry, 'a')).Result);
        Assert.Equal(ModelReplayResult.Nothing, (await ReplayAsync(registry, 'x')).Result);
        await using var db = registry.Open();
        Assert.False(await db.Series.AnyAsync(s => s.State == SeriesState.Queued, Cancel));
    }

    private static Task<ModelReplay> ReplayAsync(Registry registry, char model) =>
        new ModelReplays(registry.Contexts, registry.Time).ReplayAsync(Digest(model), "Anna", "Better.", Cancel);

    /// <returns>The received series.</returns>
    private static async Task<Guid> MadeAsync(
        Registry registry, string uid, SeriesState state, SeriesState derived = SeriesState.Delivered, int revision = 1, char model = 'a')
    {
        var study = Rows.Study(uid, state: state);
        study.Series[0].Revision = revision;
        study.Series.Add(new Series
        {
            Id = Rows.NewId(), StudyId = study.Id, SeriesInstanceUid = uid + ".1", Origin = SeriesOrigin.Derived,
            State = derived, Revision = 1,
            Direction = Direction, DerivedFromSeriesId = study.Series[0].Id, ModelDigest = Digest(model), CreatedAt = Rows.Noon,
        });
        await using var db = registry.Open();
        db.Studies.Add(study);
        await db.SaveChangesAsync(Cancel);
        return study.Series[0].Id;
    }
}
