using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests;

public sealed class RequestCommitmentTests
{
    private const string Pacs = "pacs";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_was_delivered_waits_under_one_transaction_to_be_asked_about(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var series = await DeliverableSeries.CreateAsync(database, instances: 3, Pacs);
        series.Lose(1);
        using var scp = await DcmtkServer.StartAsync();
        using var delivery = new TestDelivery(database, Asked(scp.Port));

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        await using var db = database.Open();
        var transactions = await db.Deliveries.OrderBy(d => d.Instance.InstanceNumber).Select(d => d.CommitmentTransactionUid)
            .ToListAsync(Cancel);
        Assert.Null(transactions[0]);
        Assert.StartsWith("2.25.", transactions[1], StringComparison.Ordinal);
        Assert.Equal(transactions[1], transactions[2]);
        Assert.Equal(1, await db.Outbox.CountAsync(message => message.Type.EndsWith("RequestCommitment"), Cancel));
    }

    [Theory, EachDatabase]
    public async Task A_destination_that_does_not_offer_it_leaves_its_status_on_the_deliveries(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await DeliverableSeries.CreateAsync(database, instances: 2, Pacs);
        using var scp = await DcmtkServer.StartAsync();
        using var delivery = new TestDelivery(database, Asked(scp.Port));
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        await delivery.RequestCommitmentAsync(DeliverableSeries.Id, Pacs);

        await using var db = database.Open();
        Assert.All(await db.Deliveries.ToListAsync(Cancel), row =>
            Assert.Equal((DeliveryState.Delivered, 0x0122, null), (row.State, row.CommitmentFailure, row.CommittedAt)));
    }

    [Theory, EachDatabase]
    public async Task A_destination_that_is_away_is_asked_again_by_one_message_however_many_transactions_wait(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await DeliverableSeries.CreateAsync(database, instances: 2, Pacs);
        await using (var db = database.Open())
        {
            var rows = await db.Deliveries.ToListAsync(Cancel);
            foreach (var (row, i) in rows.Select((row, i) => (row, i)))
                (row.State, row.SentAt, row.CommitmentTransactionUid) =
                    (DeliveryState.Delivered, TimeProvider.System.GetUtcNow(), $"2.25.{i + 1}");
            await db.SaveChangesAsync(Cancel);
        }
        using var delivery = new TestDelivery(database, Asked(FreePort.Next()));

        await delivery.RequestCommitmentAsync(DeliverableSeries.Id, Pacs);

        await using var after = database.Open();
        var message = Assert.Single(await after.Outbox.ToListAsync(Cancel));
        Assert.InRange(message.NotBefore - message.CreatedAt, TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Assert.All(await after.Deliveries.ToListAsync(Cancel), row => Assert.NotNull(row.Error));
    }

    [Fact]
    public async Task A_destination_that_is_away_for_a_week_is_asked_all_the_time()
    {
        var time = new FakeTimeProvider(SampleStudy.Received);
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 1, Pacs);
        await using (var db = database.Open())
        {
            await db.Deliveries.ExecuteUpdateAsync(
                d => d.SetProperty(x => x.State, DeliveryState.Delivered).SetProperty(x => x.SentAt, time.GetUtcNow())
                    .SetProperty(x => x.CommitmentTransactionUid, "2.25.1"), Cancel);
        }
        using var delivery = new TestDelivery(
            database, builder => builder.Services.AddSingleton<TimeProvider>(time), Asked(FreePort.Next()));

        for (var day = 0; day < 7; day++, time.Advance(TimeSpan.FromDays(1)))
            await delivery.RequestCommitmentAsync(DeliverableSeries.Id, Pacs);

        await using var after = database.Open();
        Assert.Equal(7, await after.Outbox.CountAsync(Cancel));
    }

    private static Dictionary<string, string> Asked(int port) => new(TestDelivery.CStore(Pacs, port)) { ["StorageCommitment"] = "true" };
}
