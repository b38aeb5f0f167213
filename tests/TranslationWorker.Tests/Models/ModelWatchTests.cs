using Gateway.Imaging.Slices;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.TranslationWorker.Tests.Models;

/// <summary>A translator follows the registry: between two translations, and only to a model that it can use.</summary>
public sealed class ModelWatchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_translation_ends_with_the_models_it_began_with_and_the_old_ones_go_with_it(DatabaseProvider provider)
    {
        await using var house = await RegistryHouse.CreateAsync(provider);
        var (first, second) = (await house.AddAsync(TinyModel.Bytes("t2-ct")), await house.AddAsync(TinyModel.Bytes("t2-ct", "2", "Neg")));
        var (back, otherBack) =
            (await house.AddAsync(TinyModel.Bytes("ct-t2"), "ct-t2"), await house.AddAsync(TinyModel.Bytes("ct-t2", "2"), "ct-t2"));
        await house.ActivateAsync(first);
        await house.ActivateAsync(back);

        using (var under = house.Catalog.Take(Shipped.T2ToCt))
        {
            await house.ActivateAsync(second);
            await house.ActivateAsync(otherBack);
            using var next = house.Catalog.Take(Shipped.T2ToCt);

            Assert.Equal((first, back), (under.There.Facts.Digest, under.Back!.Facts.Digest));
            Assert.Equal((second, otherBack), (next.There.Facts.Digest, next.Back!.Facts.Digest));
            Assert.Equal(0.5f, under.There.Translate(Grey(0.5f), 32, 32)[0]);
            Assert.Equal(-0.5f, next.There.Translate(Grey(0.5f), 32, 32)[0]);
            Assert.Equal((2, 2), (house.Catalog.Sessions[Shipped.T2ToCt], house.Catalog.Sessions[Shipped.CtToT2]));
        }

        Assert.Equal((1, 1), (house.Catalog.Sessions[Shipped.T2ToCt], house.Catalog.Sessions[Shipped.CtToT2]));
    }

    [Theory]
    [InlineData("absent", "has no file")]
    [InlineData("cut short", "cannot load")]
    [InlineData("other bytes", "damaged")]
    [InlineData("not finite", "not finite")]
    [InlineData("other direction", "ct-t2")]
    [InlineData("other output", "off what its maker's was")]
    public async Task A_champion_that_cannot_be_used_leaves_the_old_one_at_work_and_is_told(string fault, string words)
    {
        await using var house = await RegistryHouse.CreateAsync(DatabaseProvider.Sqlite);
        var good = await house.AddAsync(TinyModel.Bytes("t2-ct"));
        await house.ActivateAsync(good);
        await house.ActivateAsync(await house.AddAsync(TinyModel.Bytes("ct-t2"), "ct-t2"));
        Assert.Equal(HealthStatus.Healthy, (await house.HealthAsync()).Status);

        var bad = await house.AddAsync(fault switch
        {
            "not finite" => TinyModel.Bytes("t2-ct", "2", "Sqrt"),
            "other direction" => TinyModel.Bytes("ct-t2", "2"),
            "other output" => TinyModel.Bytes("t2-ct", "2", "Neg", Probe()),
            _ => TinyModel.Bytes("t2-ct", "2"),
        });
        Spoil(house.PathOf(bad), fault);
        await house.ActivateAsync(bad);

        var (status, text) = await house.HealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, status);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Contains($"tiny 1 ({good[..12]}) goes on in its place", text, StringComparison.Ordinal);
        using (var pair = house.Catalog.Take(Shipped.T2ToCt))
            Assert.Equal(good, pair.There.Facts.Digest);
        Assert.Equal(1, house.Catalog.Sessions[Shipped.T2ToCt]);
    }

    [Fact]
    public async Task A_file_that_is_mended_is_read_again_and_a_roll_back_makes_the_translator_ready_at_once()
    {
        await using var house = await RegistryHouse.CreateAsync(DatabaseProvider.Sqlite);
        var file = TinyModel.Bytes("t2-ct", "2");
        var (good, bad) = (await house.AddAsync(TinyModel.Bytes("t2-ct")), await house.AddAsync(file));
        await house.ActivateAsync(await house.AddAsync(TinyModel.Bytes("ct-t2"), "ct-t2"));
        await house.ActivateAsync(good);
        File.Delete(house.PathOf(bad));
        await house.ActivateAsync(bad);
        Assert.Equal(HealthStatus.Unhealthy, (await house.HealthAsync()).Status);

        Assert.Equal(ModelActResult.Done, await house.Registry.RollBackAsync("t2-ct", "Anna", "Broken.", cancel: Cancel));
        await house.Watch.LookAsync(Cancel);
        Assert.Equal((HealthStatus.Healthy, good), ((await house.HealthAsync()).Status, house.Loaded(Shipped.T2ToCt)));

        await house.Objects.PutAsync(file, Cancel);
        house.Time.Advance(TimeSpan.FromMinutes(1));
        await house.ActivateAsync(bad);
        Assert.Equal((HealthStatus.Healthy, bad), ((await house.HealthAsync()).Status, house.Loaded(Shipped.T2ToCt)));
    }

    [Fact]
    public async Task A_model_whose_makers_probe_is_met_is_used()
    {
        await using var house = await RegistryHouse.CreateAsync(DatabaseProvider.Sqlite);
        var digest = await house.AddAsync(TinyModel.Bytes("t2-ct", probe: Probe()));

        await house.ActivateAsync(digest);

        Assert.Equal(digest, house.Loaded(Shipped.T2ToCt));
    }

    [Fact]
    public async Task Without_a_champion_nothing_is_translated_and_the_health_says_why()
    {
        await using var house = await RegistryHouse.CreateAsync(DatabaseProvider.Sqlite);
        await house.Watch.LookAsync(Cancel);

        Assert.Equal("model", WorldFaults.DependencyOf(Assert.Throws<ModelException>(() => house.Catalog.Take(Shipped.T2ToCt))));
        Assert.Contains("no champion of t2-ct", (await house.HealthAsync()).Text, StringComparison.Ordinal);
    }

    /// <summary>What the identity makes of the probe.</summary>
    private static string Probe() => string.Join(
        ',', ProbeSlice.Blocks(ProbeSlice.Input()).Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static void Spoil(string path, string fault)
    {
        if (fault == "absent")
            File.Delete(path);
        if (fault == "cut short")
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..40]);
        if (fault == "other bytes")
            File.WriteAllBytes(path, TinyModel.Bytes("t2-ct", "3"));
    }

    private static float[] Grey(float value) => [.. Enumerable.Repeat(value, 32 * 32)];
}
