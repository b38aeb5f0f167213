using Gateway.Contracts;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A process that dies in the middle of a series has told the database what the destination took.</summary>
public sealed class InterruptedSeriesTests
{
    private const string Pacs = "pacs";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task An_interrupted_series_goes_on_at_the_first_image_that_was_not_taken(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await DeliverableSeries.CreateAsync(database, instances: 5, Pacs);
        using var dies = new CancellationTokenSource();
        await using var pacs = await TestServer.StartAsync(new()
        {
            Reply = received =>
            {
                if (received.Request.SopInstanceUid!.Value.Value == GeneratedObject.Uid(1, 4))
                    dies.Cancel();
                return new(StoreReply.Success);
            },
        });
        using var delivery = new TestDelivery(database, TestDelivery.CStore(Pacs, pacs.Port));

        await using (var db = database.Open())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => delivery.Handler.HandleAsync(new() { SeriesId = DeliverableSeries.Id, Destination = Pacs }, db, dies.Token));
        }    // nothing is saved: the process is gone

        var left = await WaitingAsync(database);
        Assert.InRange(left.Count, 1, 2);    // whether the fourth was noted is a matter of luck
        var before = pacs.Service.Stored.Count;
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        Assert.Equal(left, pacs.Service.Stored.Skip(before).Select(stored => stored.Request.SopInstanceUid!.Value.Value));
        Assert.Empty(await WaitingAsync(database));
    }

    [Fact]
    public async Task A_destination_is_asked_to_keep_what_somebody_sent_who_died_before_he_could_ask()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 2, Pacs);
        await using (var db = database.Open())
            await db.Deliveries.ExecuteUpdateAsync(d => d.SetProperty(x => x.State, DeliveryState.Delivered), Cancel);
        using var delivery = new TestDelivery(
            database, new Dictionary<string, string>(TestDelivery.CStore(Pacs, 104)) { ["StorageCommitment"] = "true" });

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        await using var after = database.Open();
        Assert.All(await after.Deliveries.ToListAsync(Cancel), row => Assert.NotNull(row.CommitmentTransactionUid));
        Assert.Contains(typeof(RequestCommitment).FullName, await after.Outbox.Select(row => row.Type).ToListAsync(Cancel));
    }

    private static async Task<List<string>> WaitingAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Deliveries.Where(d => d.State == DeliveryState.Pending).OrderBy(d => d.Instance.InstanceNumber)
            .Select(d => d.Instance.SopInstanceUid).ToListAsync(Cancel);
    }
}
