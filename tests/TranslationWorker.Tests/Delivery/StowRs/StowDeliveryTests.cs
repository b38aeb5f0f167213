using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests;

/// <summary>What a DICOMweb server answers is what the rows say, instance by instance.</summary>
public sealed class StowDeliveryTests
{
    private const string Pacs = "pacs";

    private readonly FakeTimeProvider _time = new(SampleStudy.Received);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_series_goes_in_one_request_and_arrives_byte_for_byte(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var series = await DeliverableSeries.CreateAsync(database, instances: 3, Pacs);
        await using var server = await StowServer.StartAsync();
        using var delivery = Delivery(database, server);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal([(null, 3)], server.Requests);
        foreach (var row in await RowsAsync(database))
        {
            Assert.Equal((DeliveryState.Delivered, null), (row.State, row.Error));
            using var stored = new MemoryStream();
            await using (var source = series.Objects.OpenRead(row.Instance.Sha256))
                await source.CopyToAsync(stored, Cancel);
            Assert.Equal(stored.ToArray(), server.Stored[row.Instance.SopInstanceUid]);
        }
    }

    [Theory, EachDatabase]
    public async Task Each_instance_has_the_state_that_the_server_said_of_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var series = await DeliverableSeries.CreateAsync(database, instances: 8, Pacs);
        series.Lose(8);
        await using var server = await StowServer.StartAsync();
        int?[] reasons = [null, 0xB000, 0xA700, 0x0110, 0xA900, 0xC122, 0x0111];
        server.Reason = uid => reasons[int.Parse(uid.Split('.')[^1], null) - 1];
        using var delivery = Delivery(database, server);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        var rows = await RowsAsync(database);
        Assert.Equal(
            [
                (DeliveryState.Delivered, 0), (DeliveryState.Delivered, 0xB000), (DeliveryState.Pending, 0xA700),
                (DeliveryState.Pending, 0x0110), (DeliveryState.Parked, 0xA900), (DeliveryState.Parked, 0xC122),
                (DeliveryState.Delivered, 0x0111), (DeliveryState.Parked, null),
            ],
            rows.Select(row => (row.State, row.DicomStatus)));
        Assert.All(rows.Where(row => row.State != DeliveryState.Delivered), row => Assert.NotNull(row.Error));
    }

    [Theory, InlineData("application/dicom+xml"), InlineData("text/xml; charset=utf-8")]
    public async Task An_answer_in_XML_says_the_same(string type)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 4, Pacs);
        await using var server = await StowServer.StartAsync();
        server.AnswerType = type;
        string Item(int number, string? tag, int code) =>
            $"<Item number=\"1\"><DicomAttribute tag=\"00081155\" vr=\"UI\"><Value number=\"1\">{GeneratedObject.Uid(1, number)}</Value>"
            + (tag is null ? "" : $"</DicomAttribute><DicomAttribute tag=\"{tag}\" vr=\"US\"><Value number=\"1\">{code}</Value>")
            + "</DicomAttribute></Item>";
        server.Answer = (_, _) => (202, $"""
            <?xml version="1.0" encoding="UTF-8"?><NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM">
            <DicomAttribute tag="00081199" vr="SQ">{Item(1, null, 0)}{Item(2, "00081196", 0xB000)}</DicomAttribute>
            <DicomAttribute tag="00081198" vr="SQ">{Item(3, "00081197", 0xA900)}{Item(4, "00081197", 0xA700)}</DicomAttribute>
            </NativeDicomModel>
            """);
        using var delivery = Delivery(database, server);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal(
            [
                (DeliveryState.Delivered, 0), (DeliveryState.Delivered, 0xB000), (DeliveryState.Parked, 0xA900),
                (DeliveryState.Pending, 0xA700),
            ],
            (await RowsAsync(database)).Select(row => (row.State, row.DicomStatus)));
    }

    [Theory]
    [InlineData("<NativeDicomModel><DicomAttribute tag='00081199'>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><NativeDicomModel>&a;</NativeDicomModel>")]
    [InlineData("<other/>")]
    public async Task Broken_XML_says_nothing(string text)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 1, Pacs);
        await using var server = await StowServer.StartAsync();
        (server.AnswerType, server.Answer) = ("application/dicom+xml", (_, _) => (202, text));
        using var delivery = Delivery(database, server);
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        Assert.Equal(DeliveryState.Pending, Assert.Single(await RowsAsync(database)).State);
    }

    [Fact]
    public async Task An_instance_that_the_answer_leaves_out_or_fails_without_a_reason_is_sent_again()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 3, Pacs);
        await using var server = await StowServer.StartAsync();
        server.IsLeftOut = uid => uid == GeneratedObject.Uid(1, 2);
        server.Reason = uid => uid == GeneratedObject.Uid(1, 3) ? 0 : null;
        using var delivery = Delivery(database, server);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.Equal(
            [DeliveryState.Delivered, DeliveryState.Pending, DeliveryState.Pending],
            (await RowsAsync(database)).Select(row => row.State));
    }

    [Theory]
    [InlineData(200, null, DeliveryState.Delivered)]
    [InlineData(200, "{}", DeliveryState.Delivered)]
    [InlineData(200, "<NativeDicomModel/>", DeliveryState.Delivered)]
    [InlineData(202, null, DeliveryState.Pending)]
    [InlineData(202, "[1]", DeliveryState.Pending)]
    [InlineData(409, "nonsense", DeliveryState.Parked)]
    [InlineData(400, null, DeliveryState.Parked)]
    [InlineData(415, null, DeliveryState.Parked)]
    public async Task An_answer_that_says_nothing_of_instances_counts_for_what_its_status_means(
        int status, string? text, DeliveryState state)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 2, Pacs);
        await using var server = await StowServer.StartAsync();
        server.Answer = (_, _) => (status, text);
        using var delivery = Delivery(database, server);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        var rows = await RowsAsync(database);
        Assert.All(rows, row => Assert.Equal(state, row.State));
        if (state != DeliveryState.Delivered)
            Assert.All(rows, row => Assert.Contains($"HTTP {status}", row.Error!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_takes_no_large_request_gets_small_ones_and_what_is_too_large_alone_is_parked()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 8, Pacs);
        await using var server = await StowServer.StartAsync(largest: 4_000);
        using var delivery = Delivery(database, server);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        Assert.All(await RowsAsync(database), row => Assert.Equal(DeliveryState.Delivered, row.State));
        Assert.Equal(8, server.Stored.Count);

        await using var other = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(other, instances: 2, Pacs);
        await using var tiny = await StowServer.StartAsync(largest: 100);
        using var hopeless = Delivery(other, tiny);
        await hopeless.DeliverAsync(DeliverableSeries.Id, Pacs);
        Assert.All(
            await RowsAsync(other),
            row => Assert.Equal((DeliveryState.Parked, "The destination answered HTTP 413."), (row.State, row.Error)));
    }

    [Theory]
    [InlineData(400, DeliveryState.Parked), InlineData(409, DeliveryState.Parked), InlineData(500, DeliveryState.Pending)]
    [InlineData(0, DeliveryState.Pending)]
    public async Task One_instance_that_a_request_fails_by_or_breaks_at_does_not_keep_back_the_others(int status, DeliveryState state)
    {
        var bad = GeneratedObject.Uid(1, 3);
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 8, Pacs);
        await using var server = await StowServer.StartAsync();
        var isBad = false;
        server.OnFile = (context, uid) =>
        {
            isBad |= uid == bad;
            if (status == 0 && uid == bad)
                context.Abort();
        };
        server.Answer = (usual, text) => isBad ? (status, null) : (usual, text);
        server.Instead = _ =>
        {
            isBad = false;
            return Task.FromResult(false);
        };
        using var delivery = Delivery(database, server);

        for (var tries = 0; tries < 4; tries++, _time.Advance(TimeSpan.FromMinutes(10)))
            await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.All(await RowsAsync(database), row => Assert.Equal(
            row.Instance.SopInstanceUid == bad ? state : DeliveryState.Delivered, row.State));
    }

    [Theory]
    [InlineData(302), InlineData(401), InlineData(403), InlineData(404), InlineData(429), InlineData(500), InlineData(503), InlineData(507)]
    public async Task A_server_that_takes_nothing_for_three_hours_gets_everything_once_it_can(int status)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 3, Pacs);
        await using var server = await StowServer.StartAsync();
        server.Instead = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/dicom-web/elsewhere";
            return Task.FromResult(true);
        };
        using var delivery = Delivery(database, server);

        await TryForAsync(TimeSpan.FromHours(3), database, delivery);
        Assert.All(
            await RowsAsync(database),
            row => Assert.Equal(
                (DeliveryState.Pending, $"The destination answered HTTP {status}.", true), (row.State, row.Error, row.Attempts > 20)));
        server.Instead = _ => Task.FromResult(false);
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.All(await RowsAsync(database), row => Assert.Equal(DeliveryState.Delivered, row.State));
        Assert.Equal(3, server.Stored.Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_for_three_hours_gets_everything_when_it_is()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 3, Pacs);
        var port = FreePort.Next();
        using var delivery = Delivery(database, $"http://127.0.0.1:{port}/dicom-web");

        await TryForAsync(TimeSpan.FromHours(3), database, delivery);
        Assert.All(await RowsAsync(database), row => Assert.StartsWith("No answer: ", row.Error, StringComparison.Ordinal));
        await using var server = await StowServer.StartAsync(port);
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);

        Assert.All(await RowsAsync(database), row => Assert.Equal(DeliveryState.Delivered, row.State));
        Assert.Equal(3, server.Stored.Count);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_server_that_stalls_in_a_request_or_before_its_answer_is_one_that_is_away(bool isRead)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 2, Pacs);
        await using var server = await StowServer.StartAsync();
        server.Instead = async context =>
        {
            if (isRead)
                await context.Request.Body.CopyToAsync(Stream.Null, Cancel);
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
            return true;
        };
        using var delivery = Delivery(database, server);

        var trying = delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return trying.IsCompleted;
            },
            "the try is over");

        await trying;
        Assert.All(
            await RowsAsync(database),
            row => Assert.Equal((DeliveryState.Pending, "The peer did not answer in time."), (row.State, row.Error)));
    }

    private static async Task<List<Persistence.Delivery>> RowsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Deliveries.AsNoTracking().Include(d => d.Instance).OrderBy(d => d.Instance.InstanceNumber).ToListAsync(Cancel);
    }

    private async Task TryForAsync(TimeSpan time, TestDatabase database, TestDelivery delivery)
    {
        var until = _time.GetUtcNow() + time;
        while (_time.GetUtcNow() < until)
        {
            await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
            await using var db = database.Open();
            _time.SetUtcNow(await db.Outbox.MaxAsync(row => row.NotBefore, Cancel));
        }
    }

    private TestDelivery Delivery(TestDatabase database, StowServer server) => Delivery(database, server.Url);

    private TestDelivery Delivery(TestDatabase database, string url) => new(
        database, builder => builder.Services.AddSingleton<TimeProvider>(_time), TestDelivery.StowRs(Pacs, url));
}
