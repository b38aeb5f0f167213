using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A protocol composed here alone delivers like C-STORE: nothing of the worker knows it.</summary>
public sealed class SecondProtocolTests : IDisposable
{
    private const string Pacs = "pacs";
    private const string Share = "share";

    private readonly TemporaryDirectory _share = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _share.Dispose();

    [Theory, EachDatabase]
    public async Task A_series_goes_to_a_pacs_and_to_a_folder_each_by_its_protocol(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var series = await DeliverableSeries.CreateAsync(database, instances: 3, Pacs, Share);
        using var scp = await DcmtkServer.StartAsync();
        using var delivery = Compose(database, TestDelivery.CStore(Pacs, scp.Port), Folder());

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        await delivery.DeliverAsync(DeliverableSeries.Id, Share);

        Assert.Equal(3, scp.Files.Count);
        var rows = await RowsAsync(database, Share);
        Assert.All(rows, row => Assert.Equal((DeliveryState.Delivered, FolderDeliverer.Written), (row.State, row.DicomStatus)));
        foreach (var row in rows)
        {
            using var stored = new MemoryStream();
            await using (var source = series.Objects.OpenRead(row.Instance.Sha256))
                await source.CopyToAsync(stored, Cancel);
            Assert.Equal(stored.ToArray(), await File.ReadAllBytesAsync(_share.Combine(row.Instance.SopInstanceUid), Cancel));
        }
    }

    [Theory, EachDatabase]
    public async Task Each_verdict_stands_on_its_own_instance_in_the_protocols_own_words(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var series = await DeliverableSeries.CreateAsync(database, instances: 4, Share);
        series.Lose(1);
        await File.WriteAllBytesAsync(_share.Combine(GeneratedObject.Uid(1, 2) + ".lock"), [], Cancel);
        await File.WriteAllBytesAsync(_share.Combine(GeneratedObject.Uid(1, 3)), [], Cancel);
        using var delivery = Compose(database, Folder());

        await delivery.DeliverAsync(DeliverableSeries.Id, Share);

        var rows = await RowsAsync(database, Share);
        Assert.Equal(
            [
                (DeliveryState.Parked, FolderDeliverer.Gone, "gone"),
                (DeliveryState.Pending, FolderDeliverer.Locked, "locked"),
                (DeliveryState.Pending, null, "The destination did not say what became of it."),
                (DeliveryState.Delivered, FolderDeliverer.Written, null),
            ],
            rows.Select(row => (row.State, row.DicomStatus, row.Error)));
        Assert.All(rows, row => Assert.Equal(1, row.Attempts));
        Assert.Equal(["DeliverSeries"], await MessagesAsync(database));
    }

    [Theory, EachDatabase]
    public async Task A_protocol_without_commitment_is_not_asked_for_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await DeliverableSeries.CreateAsync(database, instances: 1, Share);
        using var delivery = Compose(database, Folder());

        await delivery.DeliverAsync(DeliverableSeries.Id, Share);

        Assert.Null(Assert.Single(await RowsAsync(database, Share)).CommitmentTransactionUid);
        Assert.Equal(["SeriesSent"], await MessagesAsync(database));
    }

    [Fact]
    public async Task What_a_protocol_needs_to_know_is_wanted_at_the_start()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        using var good = Compose(database, Folder());
        using var without = Compose(database, new Dictionary<string, string> { ["Name"] = Share, ["Protocol"] = FolderDeliverer.Name });
        using var unknown = new TestDelivery(database, Folder());
        using var twice = Compose(database, Folder(), Folder());

        good.Validate();
        Assert.Contains("'Path'", Assert.Throws<OptionsValidationException>(without.Validate).Message, StringComparison.Ordinal);
        Assert.Contains("protocol", Assert.Throws<OptionsValidationException>(unknown.Validate).Message, StringComparison.Ordinal);
        Assert.Contains("name of its own", Assert.Throws<OptionsValidationException>(twice.Validate).Message, StringComparison.Ordinal);
    }

    private static TestDelivery Compose(TestDatabase database, params Dictionary<string, string>[] destinations) =>
        new(database, builder => builder.AddDeliverer<FolderDeliverer, FolderDestination>(FolderDeliverer.Name), destinations);

    private Dictionary<string, string> Folder() => new() { ["Name"] = Share, ["Protocol"] = "folder", ["Path"] = _share.Path };

    private static async Task<List<Persistence.Delivery>> RowsAsync(TestDatabase database, string destination)
    {
        await using var db = database.Open();
        return await db.Deliveries.AsNoTracking().Include(d => d.Instance).Where(d => d.Destination == destination)
            .OrderBy(d => d.Instance.InstanceNumber).ToListAsync(Cancel);
    }

    private static async Task<List<string>> MessagesAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return (await db.Outbox.Select(message => message.Type).ToListAsync(Cancel)).ConvertAll(type => type.Split('.')[^1]);
    }
}
