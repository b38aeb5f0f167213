using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests.Shadow;

/// <summary>Phantom patients by champion and shadow, through the worker's own handlers.</summary>
public sealed class ShadowFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_shadow_leaves_one_row_and_one_picture_and_nothing_else_anywhere(DatabaseProvider provider)
    {
        await using var house = await ShadowHouse.CreateAsync(provider, ShadowHouse.Other);
        var series = await house.TranslateAsync(Patient());
        Assert.Single(await house.AskedAsync());
        var before = await house.EverythingAsync();

        await house.DeliverAsync(series, Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Cancel);

        var result = Assert.Single(await house.ResultsAsync());
        var after = await house.EverythingAsync();
        Assert.Equal(
            ["shadow_results", "objects"],
            Changed(before, after).Select(name => name.Split('/')[0]).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(result.SheetSha256, Path.GetFileName(after.Keys.Except(before.Keys).Single()));
        Assert.All(
            after.Where(one => one.Key is not ("models" or "shadow_results") && !one.Key.StartsWith("objects", StringComparison.Ordinal)),
            one => Assert.All(
            (string[])[house.Shadow, result.SheetSha256!], digest => Assert.DoesNotContain(digest, one.Value, StringComparison.Ordinal)));
        Assert.Equal((series.Id, 1, house.Shadow), (result.SeriesId, result.Revision, result.Digest));
        Assert.NotEqual(result.Digest, result.ChampionDigest);
        Assert.Equal(
            ["cycleError.champion", "cycleError.shadow", "difference", "seconds.champion", "seconds.shadow", "ssim", "structure.champion",
                "structure.shadow"],
            result.Measures.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(result.Measures[ShadowMeasure.Difference], 0.0001, 2000);
        Assert.InRange(result.Measures[ShadowMeasure.Similarity], -1, 0.9999);
        Assert.True(await NamedAsync(house, result.SheetSha256!));
    }

    [Theory, EachDatabase]
    public async Task The_champions_figures_are_those_that_it_gave_when_it_translated(DatabaseProvider provider)
    {
        // one more entry of metadata
        await using var house = await ShadowHouse.CreateAsync(
            provider, model => [.. model, 0x72, 6, 0x0A, 1, (byte)'k', 0x12, 1, (byte)'v']);
        var series = await house.TranslateAsync(Patient());
        await house.DeliverAsync(series, Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Cancel);

        var measures = Assert.Single(await house.ResultsAsync()).Measures;

        await using var db = house.House.Database.Open();
        Assert.Equal(
            (await db.Observations.SingleAsync(Cancel)).Measures[MeasureName.CycleError],
            measures[ShadowMeasure.OfChampion(ShadowMeasure.CycleError)]);
        Assert.Equal((0.0, 1.0), (measures[ShadowMeasure.Difference], measures[ShadowMeasure.Similarity]));    // the same weights
        Assert.Equal(measures["structure.champion"], measures["structure.shadow"]);
    }

    [Theory, EachDatabase]
    public async Task A_broken_shadow_is_dropped_and_the_champions_result_stands(DatabaseProvider provider)
    {
        Func<byte[], byte[]>[] broken = [ShadowHouse.NotFinite, model => model[..^100_000], _ => [1, 2, 3]];
        foreach (var change in broken)
        {
            await using var house = await ShadowHouse.CreateAsync(provider, change);
            var series = await house.TranslateAsync(Patient());
            var before = await house.EverythingAsync();

            await house.DeliverAsync(series, Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Cancel);

            Assert.Equal(before, await house.EverythingAsync());
            Assert.Equal(SeriesState.Translated, await StateAsync(house, series));
        }
    }

    [Theory, EachDatabase]
    public async Task A_shadow_whose_file_is_gone_is_dropped(DatabaseProvider provider)
    {
        await using var house = await ShadowHouse.CreateAsync(provider, ShadowHouse.Other);
        var series = await house.TranslateAsync(Patient());
        File.Delete(Directory.EnumerateFiles(house.House.Database.Data.Objects, house.Shadow, SearchOption.AllDirectories).Single());

        await house.DeliverAsync(series, Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Cancel);

        Assert.Empty(await house.ResultsAsync());
        Assert.Equal(SeriesState.Translated, await StateAsync(house, series));
    }

    [Theory, EachDatabase]
    public async Task A_kill_before_the_shadows_commit_loses_nothing_and_doubles_nothing(DatabaseProvider provider)
    {
        await using var house = await ShadowHouse.CreateAsync(provider, ShadowHouse.Other);
        var series = await house.TranslateAsync(Patient());
        var message = Assert.Single(await house.AskedAsync());
        await using (var db = house.House.Database.Open())    // all is done but the commit
            await house.Handler().HandleAsync(new() { SeriesId = series.Id, Revision = series.Revision }, db, Cancel);
        Assert.Empty(await house.ResultsAsync());

        await house.DeliverAsync(series, message.Id, Cancel);
        await house.DeliverAsync(series, message.Id, Cancel);       // the broker had not heard
        await house.DeliverAsync(series, Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Cancel);   // published twice

        Assert.Single(await house.ResultsAsync());
    }

    [Theory, EachDatabase]
    public async Task A_shadow_that_was_ended_translates_nothing_more(DatabaseProvider provider)
    {
        await using var house = await ShadowHouse.CreateAsync(provider, ShadowHouse.Other);
        var series = await house.TranslateAsync(Patient());

        Assert.Equal(
            ModelActResult.Done, await new ModelActivation(house.House.Database.Contexts, TimeProvider.System).EndShadowAsync(
                house.Shadow, "me", "enough", Cancel));
        await house.DeliverAsync(series, Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Cancel);
        await house.TranslateAsync(Patient(seed: 6));

        Assert.Empty(await house.ResultsAsync());
        Assert.Single(await house.AskedAsync());    // the one from before
    }

    [Fact]
    public async Task Nothing_is_asked_without_a_shadow_and_of_a_series_that_is_held()
    {
        await using var none = await ShadowHouse.CreateAsync(DatabaseProvider.Sqlite, null);
        await none.TranslateAsync(Patient());
        await using var house = await ShadowHouse.CreateAsync(DatabaseProvider.Sqlite, ShadowHouse.Other);
        await house.TranslateAsync(Patient(seed: 5, new() { Contrast = 280 }));

        Assert.Empty(await none.AskedAsync());
        Assert.Empty(await house.AskedAsync());
    }

    [Theory, EachDatabase]
    public async Task A_shadow_waits_while_a_study_waits_for_the_champion(DatabaseProvider provider)
    {
        var time = new FakeTimeProvider();
        await using var house = await ShadowHouse.CreateAsync(provider, ShadowHouse.Other, time);
        var series = await house.TranslateAsync(Patient());
        var other = await house.House.ReceiveAsync(Patient(seed: 6));
        await house.House.DecideAsync(other);

        var shadow = house.DeliverAsync(series, Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Cancel);
        Assert.False(shadow.IsCompleted);
        await house.House.TranslateAsync(other);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(2));
                return Task.FromResult(shadow.IsCompleted);
            },
            "the shadow has its turn");

        await shadow;
        Assert.Single(await house.ResultsAsync());
    }

    private static IEnumerable<string> Changed(Dictionary<string, string> before, Dictionary<string, string> after) =>
        after.Where(one => before.GetValueOrDefault(one.Key) != one.Value).Select(one => one.Key).Concat(before.Keys.Except(after.Keys));

    private static async Task<bool> NamedAsync(ShadowHouse house, string sha256)
    {
        await using var db = house.House.Database.Open();
        return await NamedObjects.HoldAsync(db, sha256, Cancel);
    }

    private static async Task<SeriesState> StateAsync(ShadowHouse house, Series series)
    {
        await using var db = house.House.Database.Open();
        return await db.Series.Where(s => s.Id == series.Id).Select(s => s.State).SingleAsync(Cancel);
    }

    private static List<DicomDataset> Patient(ulong seed = 3, PhantomFindings? findings = null) =>
        [.. PhantomSeries.Create(
            new PhantomSeriesOptions { Kind = PhantomKind.HeadCt, Seed = seed, Size = 192, Spacing = 1.2, Findings = findings })];
}
