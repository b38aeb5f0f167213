using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests;

/// <summary>When a series goes to a destination, and what it waits for.</summary>
public sealed class DeliveryTurnsTests
{
    private const string Pacs = "pacs";
    private static readonly Destination Two = new() { Name = Pacs, Concurrency = 2 };
    private static readonly Destination One = new() { Name = Pacs, Concurrency = 1 };

    private readonly FakeTimeProvider _time = new(SampleStudy.Received);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_destination_has_as_many_slots_as_it_is_to_take_and_no_other_destination_minds()
    {
        var slots = new DestinationSlots(_time);
        var first = await slots.TakeAsync(Two, urgent: false, Cancel);
        var second = await slots.TakeAsync(Two, urgent: false, Cancel);
        Assert.NotNull(first.Slot);
        Assert.NotNull(second.Slot);

        var third = slots.TakeAsync(Two, urgent: false, Cancel);
        Assert.False(third.IsCompleted);
        Assert.NotNull((await slots.TakeAsync(new() { Name = "other" }, urgent: false, Cancel)).Slot);
        second.Slot.Dispose();
        second.Slot.Dispose();

        Assert.NotNull((await third).Slot);
    }

    [Fact]
    public async Task Who_waits_for_a_slow_destination_is_sent_away_one_after_the_other()
    {
        var slots = new DestinationSlots(_time);
        using var held = (await slots.TakeAsync(One, urgent: false, Cancel)).Slot;
        var waiting = slots.TakeAsync(One, urgent: false, Cancel);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new(null, TimeSpan.FromMilliseconds(250)), await waiting);
        Assert.Equal(new(null, TimeSpan.FromMilliseconds(500)), await slots.TakeAsync(One, urgent: false, Cancel));
        Assert.Equal(new(null, TimeSpan.FromMilliseconds(250)), await slots.TakeAsync(One, urgent: true, Cancel));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new(null, TimeSpan.FromMilliseconds(250)), await slots.TakeAsync(One, urgent: false, Cancel));
    }

    [Theory, EachDatabase]
    public async Task What_was_made_later_goes_after_what_was_made_before_also_after_an_outage(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await DeliverableSeries.CreateAsync(database, instances: 2, Pacs);
        var later = await AddLaterAsync(database);
        var port = FreePort.Next();
        using var delivery = Delivery(database, port);

        await delivery.DeliverAsync(later, Pacs);
        Assert.Equal([0, 0], await TriesAsync(database));
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);    // nobody is there
        _time.Advance(TimeSpan.FromMinutes(1));
        using var scp = await DcmtkServer.StartAsync(port);
        await delivery.DeliverAsync(later, Pacs);
        Assert.Equal([1, 0], await TriesAsync(database));
        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        await delivery.DeliverAsync(later, Pacs);

        Assert.Equal([2, 1], await TriesAsync(database));
        await using var db = database.Open();
        Assert.All(await db.Deliveries.ToListAsync(Cancel), row => Assert.Equal(DeliveryState.Delivered, row.State));
    }

    [Fact]
    public async Task An_image_that_the_destination_does_not_take_now_holds_up_nothing_that_was_made_later()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await DeliverableSeries.CreateAsync(database, instances: 2, Pacs);
        var later = await AddLaterAsync(database);
        var bad = GeneratedObject.Uid(1, 1);
        await using var pacs = await TestServer.StartAsync(new()
        {
            Reply = received => new(new DicomNetwork.StoreReply(
                received.Request.SopInstanceUid!.Value.Value == bad
                    ? DicomNetwork.DimseStatus.ProcessingFailure : DicomNetwork.DimseStatus.Success)),
        });
        using var delivery = Delivery(database, pacs.Port);

        await delivery.DeliverAsync(DeliverableSeries.Id, Pacs);
        await delivery.DeliverAsync(later, Pacs);

        Assert.Equal([1, 1], await TriesAsync(database));
    }

    [Fact]
    public async Task More_at_a_time_than_there_are_handlers_is_told_at_the_start()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        using var greedy = new TestDelivery(database, [.. Enumerable.Range(0, 4).Select(i => new Dictionary<string, string>(
            TestDelivery.CStore($"pacs-{i}", 104)) { ["Concurrency"] = "8" })]);
        using var wrong = new TestDelivery(
            database, new Dictionary<string, string>(TestDelivery.CStore(Pacs, 104)) { ["Concurrency"] = "0" });

        Assert.Contains("together", Assert.Throws<OptionsValidationException>(greedy.Validate).Message, StringComparison.Ordinal);
        Assert.Contains("Concurrency", Assert.Throws<OptionsValidationException>(wrong.Validate).Message, StringComparison.Ordinal);
    }

    /// <returns>A series of one image that was made a minute after <see cref="DeliverableSeries"/>, of the same study.</returns>
    private static async Task<Guid> AddLaterAsync(TestDatabase database)
    {
        IObjectStore objects = new FolderObjectStore(database.Data);
        var bytes = GeneratedObject.File(DicomNetwork.TransferSyntaxes.ExplicitLittleEndian, 50);
        var series = new Series
        {
            Id = SampleStudy.Id(30),
            StudyId = SampleStudy.Id(1),
            SeriesInstanceUid = GeneratedObject.Uid(2, 0),
            Origin = SeriesOrigin.Derived,
            State = SeriesState.Delivering,
            DerivedFromSeriesId = SampleStudy.Id(2),
            CreatedAt = SampleStudy.Received,
        };
        series.Instances.Add(new()
        {
            Id = SampleStudy.Id(31),
            SeriesId = series.Id,
            SopInstanceUid = GeneratedObject.Uid(1, 50),
            SopClassUid = GeneratedObject.MrImageStorage,
            TransferSyntaxUid = DicomNetwork.TransferSyntaxes.ExplicitLittleEndian,
            Sha256 = await objects.PutAsync(bytes, Cancel),
            Bytes = bytes.Length,
            ReceivedAt = SampleStudy.Received,
        });
        await using var db = database.Open();
        db.Series.Add(series);
        db.Deliveries.Add(Persistence.Delivery.Planned(series.Instances[0].Id, Pacs, SampleStudy.Received));
        await db.SaveChangesAsync(Cancel);
        return series.Id;
    }

    /// <returns>How often the older and the younger one were tried.</returns>
    private static async Task<IEnumerable<int>> TriesAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return
        [
            await db.Deliveries.Where(d => d.Instance.SeriesId == DeliverableSeries.Id).MaxAsync(d => d.Attempts, Cancel),
            await db.Deliveries.Where(d => d.Instance.SeriesId != DeliverableSeries.Id).MaxAsync(d => d.Attempts, Cancel),
        ];
    }

    private TestDelivery Delivery(TestDatabase database, int port) =>
        new(database, builder => builder.Services.AddSingleton<TimeProvider>(_time), TestDelivery.CStore(Pacs, port));
}
