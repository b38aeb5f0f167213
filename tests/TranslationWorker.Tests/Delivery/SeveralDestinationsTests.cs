using System.Text.Json;
using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Gateway.TranslationWorker.Tests.Handlers;

namespace Gateway.TranslationWorker.Tests;

/// <summary>One derived series to several archives at once, each with a transaction of its own.</summary>
public sealed class SeveralDestinationsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public Task A_series_that_two_destinations_took_at_once_is_delivered(DatabaseProvider provider) => TakenAtOnceAsync(provider, 2);

    [Theory, EachDatabase]
    public Task A_series_that_three_destinations_took_at_once_is_delivered(DatabaseProvider provider) => TakenAtOnceAsync(provider, 3);

    [Theory, EachDatabase]
    public async Task A_series_that_one_of_two_destinations_refuses_is_failed_whoever_answers_last(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var archives = await Archives.StartAsync(1);
        using var delivery = new TestDelivery(
            database, TestDelivery.CStore("archive-0", archives.Ports[0]), TestDelivery.CStore("wrong", archives.Ports[0]));
        var derived = await AddSeriesAsync(database);
        await using (var db = database.Open())
        {
            await new SeriesTranslatedHandler(delivery.Options, TimeProvider.System).HandleAsync(derived, db, Cancel);
            await db.SaveHandledAsync(Cancel);
            await db.Deliveries.Where(d => d.Destination == "wrong")
                .ExecuteUpdateAsync(d => d.SetProperty(x => x.State, DeliveryState.Parked), Cancel);
        }

        await DeliverAtOnceAsync(database, delivery, derived.DerivedSeriesId);

        await using var after = database.Open();
        var series = await after.Series.SingleAsync(s => s.Id == derived.DerivedSeriesId, Cancel);
        Assert.Equal((SeriesState.Failed, "delivery-parked"), (series.State, series.Reasons.Single().Code));
        Assert.Equal(SeriesState.Translated, (await after.Series.SingleAsync(s => s.Id == derived.SeriesId, Cancel)).State);
    }

    [Fact]
    public async Task Two_hundred_studies_to_two_destinations_are_all_delivered()
    {
        const int studies = 200;
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var archives = await Archives.StartAsync(2);
        using var host = Host(database, archives);
        await host.StartAsync(Cancel);

        for (var study = 0; study < studies; study++)
        {
            var message = await AddSeriesAsync(database);
            await using var db = database.Open();
            db.Enqueue(message, TimeProvider.System);
            await db.SaveChangesAsync(Cancel);
        }

        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = database.Open();
                return await db.Series.CountAsync(s => s.State == SeriesState.Delivered, Cancel) == 2 * studies;
            },
            "every synthetic series and its source are delivered", TimeSpan.FromMinutes(2));
        await host.StopAsync(Cancel);
        await using var after = database.Open();
        Assert.Equal(2 * studies, await after.Deliveries.CountAsync(d => d.State == DeliveryState.Delivered, Cancel));
    }

    /// <summary>The third takes series and answers nothing, for as long as the others need for all of theirs.</summary>
    [Fact]
    public async Task A_destination_that_stalls_holds_up_no_other()
    {
        const int studies = 40;
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var archives = await Archives.StartAsync(2);
        var stalling = new StallingDeliverer();
        using var host = Host(
            database, archives, builder => builder.Services.AddSingleton<IDeliverer>(stalling),
            new Dictionary<string, string> { ["Name"] = "stalled", ["Protocol"] = StallingDeliverer.Name });
        await host.StartAsync(Cancel);
        for (var study = 0; study < studies; study++)
        {
            var message = await AddSeriesAsync(database);
            await using var db = database.Open();
            db.Enqueue(message, TimeProvider.System);
            await db.SaveChangesAsync(Cancel);
        }

        await DeliveredAsync(2 * studies);
        Assert.InRange(stalling.Most, 1, 2);
        stalling.LetGo();
        await DeliveredAsync(3 * studies);

        await host.StopAsync(Cancel);

        Task DeliveredAsync(int count) => Eventually.TrueAsync(
            async () =>
            {
                await using var db = database.Open();
                return await db.Deliveries.CountAsync(d => d.State == DeliveryState.Delivered, Cancel) == count;
            },
            $"{count} images are delivered", TimeSpan.FromMinutes(2));
    }

    private static async Task TakenAtOnceAsync(DatabaseProvider provider, int destinations)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var archives = await Archives.StartAsync(destinations);
        using var delivery = new TestDelivery(database, archives.Destinations);
        var derived = await AddSeriesAsync(database);
        await using (var db = database.Open())
        {
            await new SeriesTranslatedHandler(delivery.Options, TimeProvider.System).HandleAsync(derived, db, Cancel);
            await db.SaveHandledAsync(Cancel);
        }

        await DeliverAtOnceAsync(database, delivery, derived.DerivedSeriesId);

        await using var after = database.Open();
        Assert.Equal(destinations, await after.Deliveries.CountAsync(d => d.State == DeliveryState.Delivered, Cancel));
        Assert.All(await after.Series.ToListAsync(Cancel), s => Assert.Equal(SeriesState.Delivered, s.State));
    }

    /// <summary>All destinations have answered before the first transaction commits.</summary>
    private static async Task DeliverAtOnceAsync(TestDatabase database, TestDelivery delivery, Guid id)
    {
        var open = new List<GatewayDbContext>();
        foreach (var destination in delivery.Options.Value.Destinations)
        {
            open.Add(database.Open());
            await delivery.Handler.HandleAsync(new DeliverSeries { SeriesId = id, Destination = destination.Name }, open[^1], Cancel);
        }

        foreach (var db in open)
        {
            await db.SaveHandledAsync(Cancel);
            await db.DisposeAsync();
        }

        await using var outbox = database.Open();
        foreach (var row in await outbox.Outbox.Where(row => row.Type == typeof(SeriesSent).FullName).ToListAsync(Cancel))
        {
            await using var db = database.Open();
            await new SeriesSentHandler(Decisions.NoRejections, TimeProvider.System).HandleAsync(
                JsonSerializer.Deserialize<SeriesSent>(row.Body, ContractTypes.Json)!, db, Cancel);
            await db.SaveHandledAsync(Cancel);
        }
    }

    private static IHost Host(
        TestDatabase database, Archives archives, Action<IHostApplicationBuilder>? compose = null,
        params Dictionary<string, string>[] others)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(TestDelivery.Settings([.. archives.Destinations, .. others]));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["data"] = database.Data.Root,
            ["Database:ConnectionString"] = database.Options.ConnectionString,
            ["Bus:Poll"] = "00:00:00.1",
            ["Logging:LogLevel:Default"] = "None",
        });
        compose?.Invoke(builder);
        builder.AddPersistence();
        builder.AddDelivery();
        builder.AddGatewayBus(bus =>
        {
            bus.AddHandler<SeriesTranslated, SeriesTranslatedHandler>(concurrency: 4);
            bus.AddHandler<DeliverSeries, DeliverSeriesHandler>(concurrency: DestinationSlots.Handlers);
            bus.AddHandler<SeriesSent, SeriesSentHandler>(concurrency: 4);
            DeliveredTwice.Use(bus);
        });
        return builder.Build();
    }

    private static async Task<SeriesTranslated> AddSeriesAsync(TestDatabase database)
    {
        var at = TimeProvider.System.GetUtcNow();
        IObjectStore objects = new FolderObjectStore(database.Data);
        var (id, uid) = (Guid.CreateVersion7(at), DicomNetwork.Uid.Of(Guid.CreateVersion7(at)).Value);
        var study = new Study { Id = id, StudyInstanceUid = uid, FirstReceivedAt = at };
        var source = Series(SeriesOrigin.Received, null);
        var derived = Series(SeriesOrigin.Derived, source.Id);
        derived.Instances.Add(new()
        {
            Id = Guid.CreateVersion7(at),
            SeriesId = derived.Id,
            SopInstanceUid = uid + ".2",
            SopClassUid = "1.2.840.10008.5.1.4.1.1.2",
            TransferSyntaxUid = "1.2.840.10008.1.2.1",
            Sha256 = await objects.PutAsync(GeneratedObject.File(DicomNetwork.TransferSyntaxes.ExplicitLittleEndian), Cancel),
            Bytes = 1,
            ReceivedAt = at,
        });
        await using var db = database.Open();
        db.Studies.Add(study);
        db.Series.AddRange(source, derived);
        await db.SaveChangesAsync(Cancel);
        return new() { SeriesId = source.Id, DerivedSeriesId = derived.Id };

        Series Series(SeriesOrigin origin, Guid? from) => new()
        {
            Id = Guid.CreateVersion7(at),
            StudyId = id,
            SeriesInstanceUid = $"{uid}.{origin:D}",
            Origin = origin,
            State = SeriesState.Translated,
            DerivedFromSeriesId = from,
            CreatedAt = at,
        };
    }

    private sealed class Archives(List<DcmtkServer> servers) : IAsyncDisposable
    {
        public List<int> Ports => servers.ConvertAll(server => server.Port);

        public static async Task<Archives> StartAsync(int count)
        {
            var servers = new List<DcmtkServer>();
            while (servers.Count < count)
                servers.Add(await DcmtkServer.StartAsync());
            return new(servers);
        }

        public Dictionary<string, string>[] Destinations => [.. Ports.Select((port, i) => TestDelivery.CStore($"archive-{i}", port))];

        public ValueTask DisposeAsync()
        {
            servers.ForEach(server => server.Dispose());
            return default;
        }
    }
}
