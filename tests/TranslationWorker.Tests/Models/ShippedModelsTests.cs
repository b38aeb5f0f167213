using Gateway.Contracts;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker.Tests.Models;

/// <summary>What ships is the first champion, once, whoever starts first; what a later release brings waits for a person.</summary>
public sealed class ShippedModelsTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, EachDatabase]
    public async Task Translators_that_start_together_make_one_champion_with_one_act(DatabaseProvider provider)
    {
        Ship("1");
        await using var house = await HouseAsync(provider);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => house.Shipped.ImportAsync(Shipped.T2ToCt, Cancel), Cancel)));
        await house.Shipped.ImportAsync(Shipped.T2ToCt, Cancel);

        await using var db = house.Open();
        var model = await db.Models.Include(m => m.Acts).SingleAsync(Cancel);
        Assert.Equal((ModelState.Champion, "t2-ct", "tiny", "1"), (model.State, model.Direction, model.Name, model.Version));
        Assert.Equal([ModelActKind.Imported, ModelActKind.Activated], model.Acts.OrderBy(act => act.At).Select(act => act.Kind));
        Assert.Equal(typeof(ModelActivated).FullName, (await db.Outbox.SingleAsync(Cancel)).Type);
        Assert.True(await house.Objects.ExistsAsync(model.Digest, Cancel));
    }

    [Theory, EachDatabase]
    public async Task Two_releases_that_start_together_make_one_champion_and_one_candidate(DatabaseProvider provider)
    {
        await using var house = await HouseAsync(provider);

        await Task.WhenAll("12".Select(version => Task.Run(
            () => house.Shipped.ImportAsync(
                TinyModel.Bytes("t2-ct", $"{version}"), null, "a file", "gateway", "It ships.", asFirst: true, Cancel), Cancel)));

        await using var db = house.Open();
        Assert.Equal(
            ["Champion", "Candidate"],
            (await db.Models.Select(m => m.State).ToListAsync(Cancel)).Order().Select(state => $"{state}").Reverse());
    }

    [Theory, EachDatabase]
    public async Task A_later_release_brings_a_candidate_and_mends_an_object_that_is_gone(DatabaseProvider provider)
    {
        Ship("1");
        await using var house = await HouseAsync(provider);
        await house.Watch.LookAsync(Cancel);
        var first = house.Loaded(Shipped.T2ToCt)!;
        File.Delete(house.PathOf(first));
        await house.Shipped.ImportAsync(Shipped.T2ToCt, Cancel);
        Assert.True(await house.Objects.ExistsAsync(first, Cancel));

        Ship("2");
        await house.Shipped.ImportAsync(Shipped.T2ToCt, Cancel);
        await house.Watch.LookAsync(Cancel);

        await using var db = house.Open();
        Assert.Equal(
            [("1", ModelState.Champion), ("2", ModelState.Candidate)],
            (await db.Models.ToListAsync(Cancel)).Select(m => (m.Version, m.State)).Order());
        Assert.Equal(first, house.Loaded(Shipped.T2ToCt));
    }

    [Fact]
    public async Task A_file_that_ships_broken_is_told_and_enters_nothing()
    {
        await File.WriteAllTextAsync(_folder.Combine("t2-ct.onnx"), "half a file", Cancel);
        await using var house = await HouseAsync(DatabaseProvider.Sqlite);

        await house.Watch.LookAsync(Cancel);

        await using var db = house.Open();
        Assert.False(await db.Models.AnyAsync(Cancel));
        Assert.Contains("t2-ct.onnx", (await house.HealthAsync()).Text, StringComparison.Ordinal);
    }

    private async Task<RegistryHouse> HouseAsync(DatabaseProvider provider) =>
        new(await TestDatabase.CreateAsync(provider), new ModelOptions { Directory = _folder.Path, Device = "cpu" });

    private void Ship(string version) => File.WriteAllBytes(_folder.Combine("t2-ct.onnx"), TinyModel.Bytes("t2-ct", version));
}
