using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests;

/// <summary>An archive that fails in the middle of a series: each image has the state that the archive gave it, and no more is said of
/// any.</summary>
public sealed class FaultyArchiveTests
{
    private const string Pacs = "pacs";

    private readonly FakeTimeProvider _time = new(SampleStudy.Received);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Each_status_is_the_state_of_its_own_image(DatabaseProvider provider)
    {
        ushort[] statuses =
        [
            DimseStatus.Success, DimseStatus.CoercionOfDataElements, DimseStatus.OutOfResources, DimseStatus.ProcessingFailure,
            DimseStatus.CannotUnderstand, DimseStatus.DataSetDoesNotMatchSopClass, DimseStatus.NotAuthorized, DimseStatus.Success,
        ];
        await using var database = await TestDatabase.CreateAsync(provider);
        await DeliverableSeries.CreateAsync(database, instances: 8, Pacs);
        await using var pacs = await TestServer.StartAsync(
            new() { Reply = received => new(new StoreReply(statuses[Number(received) - 1])) });
        using var delivery = Delivery(database, pacs.Port);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal(
            [
                (DeliveryState.Delivered, 0x0000), (DeliveryState.Delivered, 0xB000), (DeliveryState.Pending, 0xA700),
                (DeliveryState.Pending, 0x0110), (DeliveryState.Parked, 0xC000), (DeliveryState.Parked, 0xA900),
                (DeliveryState.Pending, 0x0124), (DeliveryState.Delivered, 0x0000),
            ],
            (await RowsAsync(database)).Select(row => (row.State, row.DicomStatus)));
        Array.Fill(statuses, DimseStatus.Success);
        _time.Advance(TimeSpan.FromMinutes(1));
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal(
            [1, 1, 2, 2, 1, 1, 2, 1],    // tried again is what waits, and nothing else
            (await RowsAsync(database)).Select(row => row.Attempts));
        Assert.Equal(2, (await RowsAsync(database)).Count(row => row.State != DeliveryState.Delivered));
    }

    [Theory]
    [InlineData(true, "The peer did not answer in time."), InlineData(false, null)]
    public async Task What_an_archive_stalls_or_dies_at_waits_with_all_that_comes_after_it(bool isStalling, string? error)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 5, Pacs);
        var forever = new TaskCompletionSource<StoreReply>();
        TestServer? broken = null;
        broken = await TestServer.StartAsync(new()
        {
            Reply = async received =>
            {
                if (Number(received) < 3)
                    return StoreReply.Success;
                if (!isStalling)
                    await broken!.DisposeAsync();    // its connections are cut
                return await forever.Task;
            },
        });
        await using var server = broken;
        using var before = Delivery(database, broken.Port);

        var trying = before.DeliverAsync(DeliverableSeries.Id, Pacs);
        await Eventually.TrueAsync(
            () =>
            {
                if (isStalling)
                    _time.Advance(TimeSpan.FromSeconds(1));
                return trying.IsCompleted;
            },
            "the try is over");
        await trying;

        var rows = await RowsAsync(database);
        Assert.Equal(
            [DeliveryState.Delivered, DeliveryState.Delivered, DeliveryState.Pending, DeliveryState.Pending, DeliveryState.Pending],
            rows.Select(row => row.State));
        Assert.All(rows[2..], row => Assert.Equal((null, 1, true), (row.DicomStatus, row.Attempts, row.Error is { Length: > 0 })));
        if (error is not null)
            Assert.All(rows[2..], row => Assert.Equal(error, row.Error));
        forever.SetResult(StoreReply.Success);
        await using var mended = await TestServer.StartAsync();
        using var after = Delivery(database, mended.Port);
        await after.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.All(await RowsAsync(database), row => Assert.Equal(DeliveryState.Delivered, row.State));
        Assert.Equal([3, 4, 5], mended.Service.Stored.Select(Number).Order());
    }

    private static int Number(ReceivedObject received) =>
        int.Parse(received.Request.SopInstanceUid!.Value.Value.Split('.')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<Persistence.Delivery>> RowsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Deliveries.AsNoTracking().OrderBy(d => d.Instance.InstanceNumber).ToListAsync(Cancel);
    }

    private TestDelivery Delivery(TestDatabase database, int port) =>
        new(database, builder => builder.Services.AddSingleton<TimeProvider>(_time), TestDelivery.CStore(Pacs, port));
}
