using Gateway.Contracts;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Gateway.TranslationWorker.Tests.Handlers;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A destination that takes nothing now is never given up on, whatever the reason; one that refuses an image for good
/// is.</summary>
public sealed class DestinationAwayTests
{
    private const string Pacs = "pacs";

    private readonly FakeTimeProvider _time = new(SampleStudy.Received);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_destination_that_is_away_for_hours_gets_everything_when_it_is_back(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await DeliverableSeries.CreateAsync(database, instances: 3, Pacs);
        var port = FreePort.Next();
        using var delivery = Delivery(database, port);

        var tries = await TryForAsync(TimeSpan.FromHours(3), database, delivery);

        // A try every half minute in the end: it is knocked at, and nothing is sent.
        Assert.InRange(tries, 3 * 60 * 2 - 4, 3 * 60 * 2 + 4);
        Assert.All(await RowsAsync(database), row => Assert.Equal((DeliveryState.Pending, tries), (row.State, row.Attempts)));
        using var scp = await DcmtkServer.StartAsync(port);
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        Assert.All(await RowsAsync(database), row => Assert.Equal(DeliveryState.Delivered, row.State));
        Assert.Equal(3, scp.Files.Count);
    }

    [Theory]
    [InlineData("--refuse"), InlineData("--abort-after"), InlineData("--abort-during")]
    public async Task A_destination_that_refuses_or_breaks_the_association_is_tried_until_it_takes(string fault)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 2, Pacs);
        int port;
        using (var broken = await DcmtkServer.StartAsync(fault))
        {
            port = broken.Port;
            using var before = Delivery(database, port);
            await TryForAsync(TimeSpan.FromMinutes(20), database, before);
            Assert.All(
                await RowsAsync(database), row => Assert.Equal(
                    (DeliveryState.Pending, true), (row.State, row is { Error.Length: > 0, Attempts: > 20 })));
        }
        using var scp = await DcmtkServer.StartAsync(port);
        using var delivery = Delivery(database, port);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.All(await RowsAsync(database), row => Assert.Equal(DeliveryState.Delivered, row.State));
        Assert.Equal(2, scp.Files.Count);
    }

    [Theory]
    [InlineData(1, 1, 3, "calling AE title not recognised (result/source/reason 1/1/3)"), InlineData(
        1, 1, 7, "called AE title not recognised")]
    [InlineData(1, 1, 1, "no reason given"), InlineData(2, 3, 2, "local limit exceeded")]
    public async Task A_destination_that_has_not_our_title_yet_is_tried_until_it_has(byte result, byte source, byte reason, string words)
    {
        AssociationRejection? rejection = new(result, source, reason);
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 2, Pacs);
        await using var pacs = await TestServer.StartAsync(new() { Policy = _ => rejection });
        using var delivery = Delivery(database, pacs.Port);

        await TryForAsync(TimeSpan.FromMinutes(20), database, delivery);
        Assert.All(await RowsAsync(database), row => Assert.Equal(DeliveryState.Pending, row.State));
        Assert.All(await RowsAsync(database), row => Assert.Contains(words, row.Error!, StringComparison.Ordinal));
        rejection = null;
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.All(await RowsAsync(database), row => Assert.Equal(DeliveryState.Delivered, row.State));
    }

    [Fact]
    public async Task A_destination_that_is_full_is_tried_until_there_is_room()
    {
        ushort status = DimseStatus.OutOfResources;
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 2, Pacs);
        await using var pacs = await TestServer.StartAsync(new() { Reply = _ => new(new StoreReply(status)) });
        using var delivery = Delivery(database, pacs.Port);

        await TryForAsync(TimeSpan.FromHours(5), database, delivery);
        Assert.All(await RowsAsync(database), row => Assert.Equal((DeliveryState.Pending, 0xA700), (row.State, row.DicomStatus)));
        status = DimseStatus.Success;
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.All(await RowsAsync(database), row => Assert.Equal(DeliveryState.Delivered, row.State));
    }

    [Theory, EachDatabase]
    public async Task An_image_refused_for_good_is_parked_listed_and_replayed(DatabaseProvider provider)
    {
        var refused = GeneratedObject.Uid(1, 2);
        ushort status = DimseStatus.DataSetDoesNotMatchSopClass;
        await using var database = await TestDatabase.CreateAsync(provider);
        await DeliverableSeries.CreateAsync(database, instances: 3, Pacs);
        await using var pacs = await TestServer.StartAsync(new()
        {
            Reply = received => new(new StoreReply(received.Request.SopInstanceUid!.Value.Value == refused ? status : DimseStatus.Success)),
        });
        using var delivery = Delivery(database, pacs.Port);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        await SettleAsync(database);
        Assert.Equal(
            [DeliveryState.Delivered, DeliveryState.Parked, DeliveryState.Delivered], (await RowsAsync(database)).Select(row => row.State));
        Assert.Equal((SeriesState.Failed, 1), await StandAsync(database));
        status = DimseStatus.Success;
        await new WorkReplays(database.Contexts, _time).ReplayAsync(new() { Destination = Pacs }, "Anna", "Its filter is mended.", Cancel);
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        await SettleAsync(database);

        Assert.All(await RowsAsync(database), row => Assert.Equal(DeliveryState.Delivered, row.State));
        Assert.Equal((SeriesState.Delivered, 0), await StandAsync(database));
        Assert.Equal(3, pacs.Service.Stored.Count);
    }

    [Fact]
    public async Task An_image_at_which_the_connection_breaks_every_time_does_not_keep_back_those_after_it()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 4, Pacs);
        using var delivery = new TestDelivery(
            database, builder =>
            {
                Compose(builder);
                builder.AddDeliverer<BreakingDeliverer, FolderDestination>(BreakingDeliverer.Name);
            },
            new Dictionary<string, string> { ["Name"] = Pacs, ["Protocol"] = BreakingDeliverer.Name, ["Path"] = "nowhere" });

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        _time.Advance(TimeSpan.FromMinutes(1));
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal(
            [DeliveryState.Delivered, DeliveryState.Pending, DeliveryState.Delivered, DeliveryState.Delivered],
            (await RowsAsync(database)).Select(row => row.State));
    }

    [Fact]
    public async Task A_destination_that_took_nothing_is_left_alone_until_its_pause_is_over()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 1, Pacs);
        using var delivery = Delivery(database, FreePort.Next());

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        _time.Advance(TimeSpan.FromSeconds(2));
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal(1, Assert.Single(await RowsAsync(database)).Attempts);
        Assert.Equal(_time.GetUtcNow().AddSeconds(3), await NextAsync(database));
    }

    private static async Task<(SeriesState State, int Failures)> StandAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return ((await db.Series.SingleAsync(s => s.Id == DeliverableSeries.Id, Cancel)).State, await db.Failures.CountAsync(
            f => f.ReplayedAt == null, Cancel));
    }

    private static async Task<List<Persistence.Delivery>> RowsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Deliveries.AsNoTracking().OrderBy(d => d.Instance.InstanceNumber).ToListAsync(Cancel);
    }

    /// <summary>When the delivery is asked for again.</summary>
    private static async Task<DateTimeOffset> NextAsync(TestDatabase database)
    {
        await using var db = database.Open();
        Assert.All(await db.Outbox.ToListAsync(Cancel), row => Assert.Equal(typeof(DeliverSeries).FullName, row.Type));
        return await db.Outbox.MaxAsync(row => row.NotBefore, Cancel);
    }

    private async Task SettleAsync(TestDatabase database)
    {
        await using var db = database.Open();
        await new SeriesSentHandler(Decisions.NoRejections, _time).HandleAsync(
            new() { SeriesId = DeliverableSeries.Id, Destination = Pacs }, db, Cancel);
        await db.SaveHandledAsync(Cancel);
    }

    /// <returns>How often it was tried.</returns>
    private async Task<int> TryForAsync(TimeSpan time, TestDatabase database, TestDelivery delivery)
    {
        var until = _time.GetUtcNow() + time;
        for (var tries = 0; ; tries++)
        {
            if (_time.GetUtcNow() >= until)
                return tries;
            await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
            _time.SetUtcNow(await NextAsync(database));
        }
    }

    private void Compose(IHostApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(_time);

    private TestDelivery Delivery(TestDatabase database, int port) => new(database, Compose, TestDelivery.CStore(Pacs, port));
}
