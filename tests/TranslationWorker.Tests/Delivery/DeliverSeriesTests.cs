using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker.Tests;

public sealed class DeliverSeriesTests
{
    private const string Pacs = "pacs";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_is_delivered_is_what_the_destination_got_though_an_object_before_it_is_gone(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var series = await DeliverableSeries.CreateAsync(database, instances: 4, Pacs);
        series.Lose(2);
        using var scp = await DcmtkServer.StartAsync();
        using var delivery = new TestDelivery(database, TestDelivery.CStore(Pacs, scp.Port));

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        await using var db = database.Open();
        var rows = await db.Deliveries.OrderBy(d => d.Instance.InstanceNumber)
            .Select(d => new { d.Instance.SopInstanceUid, d.State, d.DicomStatus, d.Error }).ToListAsync(Cancel);
        Assert.Equal(
            [DeliveryState.Delivered, DeliveryState.Parked, DeliveryState.Delivered, DeliveryState.Delivered],
            rows.Select(row => row.State));
        var received = scp.Files.Select(file => DicomFile.Open(file).Dataset.GetString(DicomTag.SOPInstanceUID));
        Assert.Equal(rows.Where(row => row.State == DeliveryState.Delivered).Select(row => row.SopInstanceUid), received.Order());
        Assert.Null(rows[1].DicomStatus);
        Assert.NotNull(rows[1].Error);
    }

    [Theory]
    [InlineData(0x0000, DeliveryOutcome.Delivered)]
    [InlineData(0xB000, DeliveryOutcome.Delivered)]
    [InlineData(0xB007, DeliveryOutcome.Delivered)]
    [InlineData(0xA700, DeliveryOutcome.AgainLater)]
    [InlineData(0xA7FF, DeliveryOutcome.AgainLater)]
    [InlineData(0x0213, DeliveryOutcome.AgainLater)]
    [InlineData(0x0110, DeliveryOutcome.AgainLater)]
    [InlineData(0x0124, DeliveryOutcome.AgainLater)]
    [InlineData(0xA900, DeliveryOutcome.Refused)]
    [InlineData(0xC000, DeliveryOutcome.Refused)]
    [InlineData(0x0122, DeliveryOutcome.Refused)]
    [InlineData(null, DeliveryOutcome.Refused)]
    public void A_status_of_the_store_service_is_a_verdict(int? status, DeliveryOutcome outcome) =>
        Assert.Equal(outcome, CStoreStatus.OutcomeOf((ushort?)status));
}
