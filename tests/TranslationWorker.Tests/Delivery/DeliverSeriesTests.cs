using Gateway.Contracts;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

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

        await DeliverAsync(series, scp.Port);

        await using var db = database.Open();
        var rows = await db.Deliveries.OrderBy(d => d.Instance.InstanceNumber)
            .Select(d => new { d.Instance.SopInstanceUid, d.State, d.DicomStatus, d.Error }).ToListAsync(Cancel);
        Assert.Equal([DeliveryState.Delivered, DeliveryState.Parked, DeliveryState.Delivered, DeliveryState.Delivered], rows.Select(row => row.State));
        var received = scp.Files.Select(file => DicomFile.Open(file).Dataset.GetString(DicomTag.SOPInstanceUID));
        Assert.Equal(rows.Where(row => row.State == DeliveryState.Delivered).Select(row => row.SopInstanceUid), received.Order());
        Assert.Null(rows[1].DicomStatus);
        Assert.NotNull(rows[1].Error);
    }

    private static async Task DeliverAsync(DeliverableSeries series, int port)
    {
        var options = MsOptions.Create(new DeliveryOptions { Destinations = [new() { Name = Pacs, Host = "127.0.0.1", Port = port, CalledAe = "ARCHIVE" }] });
        await using var db = series.Database.Open();
        await new DeliverSeriesHandler(options, series.Objects, TimeProvider.System, NullLogger<DeliverSeriesHandler>.Instance)
            .HandleAsync(new DeliverSeries { SeriesId = DeliverableSeries.Id, Destination = Pacs }, db, Cancel);
        await db.SaveChangesAsync(Cancel);
    }
}
