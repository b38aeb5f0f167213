using Gateway.Contracts;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A destination that was renamed or taken out while something was on its way to it.</summary>
public sealed class RenamedDestinationTests
{
    private const string Old = "old";
    private const string Renamed = "renamed";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_was_under_way_waits_is_told_of_and_is_sent_elsewhere_by_one_act(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await DeliverableSeries.CreateAsync(database, instances: 3, Old);
        using var scp = await DcmtkServer.StartAsync();
        using var delivery = new TestDelivery(database, TestDelivery.CStore(Renamed, scp.Port));

        await delivery.DeliverAsync(DeliverableSeries.Id, Old);

        await using (var db = database.Open())
        {
            Assert.Empty(await db.Failures.ToListAsync(Cancel));
            var waiting = Assert.Single(await WaitingDeliveries.ReadAsync(db, Cancel));
            Assert.Equal((Old, 3, "No destination is called 'old' any more."), (waiting.Destination, waiting.Waiting, waiting.Error));
            Assert.Single(await db.Outbox.Where(row => row.Type == typeof(DeliverSeries).FullName).ToListAsync(Cancel));
        }

        Assert.Equal(1, await Redirects(database).RedirectAsync(Old, Renamed, "Anna", "It has another name.", Cancel));
        await delivery.DeliverAsync(DeliverableSeries.Id, Old);    // what still goes round finds nothing
        await delivery.DeliverAsync(DeliverableSeries.Id, Renamed);

        Assert.Equal(3, scp.Files.Count);
        await using var after = database.Open();
        Assert.All(
            await after.Deliveries.ToListAsync(Cancel),
            row => Assert.Equal((Renamed, DeliveryState.Delivered), (row.Destination, row.State)));
        var act = Assert.Single(await after.Replays.Include(replay => replay.Failure).ToListAsync(Cancel));
        Assert.Equal(("Anna", "It has another name.", "sent-elsewhere"), (act.By, act.Why, act.Failure.Code));
        Assert.NotNull(act.Failure.ReplayedAt);
        Assert.Equal(0, await Redirects(database).RedirectAsync(Old, Renamed, "Anna", "Again.", Cancel));
    }

    [Fact]
    public async Task An_image_that_already_waits_for_the_other_goes_there_once()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 2, Old, Renamed);

        await Redirects(database).RedirectAsync(Old, Renamed, "Anna", "It is gone.", Cancel);

        await using var db = database.Open();
        Assert.Equal([Renamed, Renamed], await db.Deliveries.Select(d => d.Destination).ToListAsync(Cancel));
    }

    private static DeliveryRedirects Redirects(TestDatabase database) =>
        new(database.Contexts, database.Signal, TimeProvider.System, NullLogger<DeliveryRedirects>.Instance);
}
