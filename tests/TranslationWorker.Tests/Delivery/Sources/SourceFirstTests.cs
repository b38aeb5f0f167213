using System.Text.Json;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TranslationWorker.Tests.Handlers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A study at an archive begins with the scanner's header, never with ours, where that is asked for.</summary>
public sealed class SourceFirstTests
{
    private const string Pacs = "pacs";
    private const string Title = "SOURCEFIRST";

    private readonly FakeTimeProvider _time = new(SampleStudy.Received);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Study"), InlineData("Series")]
    public async Task Orthanc_gets_a_result_by_C_STORE_after_it_has_the_source_and_not_before(string what)
    {
        var orthanc = await OrthancServer.GetAsync();
        await orthanc.AddModalityAsync("sourcefirst", Title, 104);    // it answers queries of those that it knows
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var (study, source, derived) = await AddAsync(database);
        using var delivery = new TestDelivery(database, Compose, new Dictionary<string, string>
        {
            ["Name"] = Pacs, ["Host"] = orthanc.Host, ["Port"] = $"{orthanc.DicomPort}", ["CalledAe"] = orthanc.AeTitle,
            ["CallingAe"] = Title, ["SourceFirst"] = what,
        });

        for (var tries = 0; tries < 3; tries++, _time.Advance(TimeSpan.FromMinutes(30)))
            await delivery.DeliverAsync(SampleStudy.Id(3), Pacs);
        var row = await RowAsync(database);
        Assert.Equal((DeliveryState.Pending, 0), (row.State, row.Attempts));
        Assert.Contains("source", row.Error, StringComparison.Ordinal);
        Assert.Empty(await orthanc.FindAsync("Study", "StudyInstanceUID", study));

        await StoreAsync(orthanc, source);
        await delivery.DeliverAsync(SampleStudy.Id(3), Pacs);

        Assert.Equal((DeliveryState.Delivered, 1), ((await RowAsync(database)).State, (await RowAsync(database)).Attempts));
        Assert.Single(await orthanc.FindAsync("Series", "SeriesInstanceUID", derived));
        var found = Assert.Single(await orthanc.FindAsync("Study", "StudyInstanceUID", study));
        await using var answer = await orthanc.Http.GetStreamAsync(new Uri($"/studies/{found}", UriKind.Relative), Cancel);
        using var document = await JsonDocument.ParseAsync(answer, cancellationToken: Cancel);
        Assert.Equal(
            "the scanner's", document.RootElement.GetProperty("MainDicomTags").GetProperty("StudyDescription").GetString());
    }

    [Fact]
    public async Task A_DICOMweb_server_gets_a_result_after_it_has_the_source_and_not_before()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var (study, _, _) = await AddAsync(database);
        var source = Source(study);
        await using var server = await StowServer.StartAsync();
        using var delivery = Stow(database, server, ("SourceFirst", "Series"));

        server.Known = [];
        await delivery.DeliverAsync(SampleStudy.Id(3), Pacs);
        Assert.Equal((DeliveryState.Pending, 0), ((await RowAsync(database)).State, server.Stored.Count));
        server.Known = [study];    // it has the study, with another series
        await delivery.DeliverAsync(SampleStudy.Id(3), Pacs);
        Assert.Equal((DeliveryState.Pending, 0), ((await RowAsync(database)).State, server.Stored.Count));
        server.Known = [study, source];
        await delivery.DeliverAsync(SampleStudy.Id(3), Pacs);

        Assert.Equal((DeliveryState.Delivered, 1), ((await RowAsync(database)).State, server.Stored.Count));
    }

    [Theory]
    [InlineData("Wait", DeliveryState.Pending), InlineData("Send", DeliveryState.Delivered), InlineData("Park", DeliveryState.Parked)]
    public async Task What_becomes_of_a_result_whose_source_does_not_come_is_an_option(string then, DeliveryState state)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await AddAsync(database);
        await using var server = await StowServer.StartAsync();
        server.Known = [];
        using var delivery = Stow(
            database, server, ("SourceFirst", "Study"), ("SourceFirstLimit", "02:00:00"), ("SourceFirstThen", then));

        _time.Advance(TimeSpan.FromMinutes(119));
        await delivery.DeliverAsync(SampleStudy.Id(3), Pacs);
        Assert.Equal(DeliveryState.Pending, (await RowAsync(database)).State);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(1), await NextAsync(database));
        _time.Advance(TimeSpan.FromMinutes(1));
        await delivery.DeliverAsync(SampleStudy.Id(3), Pacs);

        Assert.Equal(state, (await RowAsync(database)).State);
    }

    [Fact]
    public async Task What_was_parked_for_want_of_its_source_is_a_failure_and_is_sent_when_it_is_replayed()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var (study, _, _) = await AddAsync(database);
        await using var server = await StowServer.StartAsync();
        server.Known = [];
        using var delivery = Stow(
            database, server, ("SourceFirst", "Study"), ("SourceFirstLimit", "02:00:00"), ("SourceFirstThen", "Park"));
        _time.Advance(TimeSpan.FromHours(3));
        await delivery.DeliverAsync(SampleStudy.Id(3), Pacs);
        await SettleAsync(database);
        Assert.Equal((SeriesState.Failed, 1), await StandAsync(database));

        server.Known = [study];
        await new WorkReplays(database.Contexts, _time).ReplayAsync(new() { Destination = Pacs }, "Anna", "It came.", Cancel);
        await delivery.DeliverAsync(SampleStudy.Id(3), Pacs);
        await SettleAsync(database);

        Assert.Equal((SeriesState.Delivered, 0), await StandAsync(database));
    }

    [Fact]
    public async Task A_destination_that_does_not_answer_the_question_is_one_that_is_away()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await AddAsync(database);
        await using var server = await StowServer.StartAsync();    // knows no search
        using var delivery = Stow(database, server, ("SourceFirst", "Study"), ("SourceFirstThen", "Send"));
        using var scp = await DcmtkServer.StartAsync();    // knows no C-FIND
        using var other = new TestDelivery(
            database, Compose,
            new Dictionary<string, string>(TestDelivery.CStore(Pacs, scp.Port))
            {
                ["SourceFirst"] = "Study",
                ["SourceFirstThen"] = "Send",
            });

        _time.Advance(TimeSpan.FromDays(1));
        await delivery.DeliverAsync(SampleStudy.Id(3), Pacs);
        var row = await RowAsync(database);
        Assert.Equal(
            (DeliveryState.Pending, "The destination answered a search with HTTP 501.", 1), (row.State, row.Error, row.Attempts));
        _time.Advance(TimeSpan.FromDays(1));
        await other.DeliverAsync(SampleStudy.Id(3), Pacs);
        row = await RowAsync(database);
        Assert.Equal((DeliveryState.Pending, 0x0122, 2), (row.State, row.DicomStatus, row.Attempts));
        Assert.Empty(server.Stored);
        Assert.Empty(scp.Files);
    }

    [Fact]
    public async Task A_limit_that_makes_no_sense_is_told_at_the_start()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        using var delivery = new TestDelivery(
            database, new Dictionary<string, string>(TestDelivery.CStore(Pacs, 104)) { ["SourceFirstLimit"] = "00:00:01" });

        Assert.Contains("SourceFirstLimit", Assert.Throws<OptionsValidationException>(delivery.Validate).Message, StringComparison.Ordinal);
    }

    private static string Source(string study) => $"{study}.1";

    /// <summary>A study of UIDs that Orthanc, which outlives the test, has not seen.</summary>
    private static async Task<(string Study, DicomFile Source, string Derived)> AddAsync(TestDatabase database)
    {
        var uid = DicomNetwork.Uid.Of(Guid.CreateVersion7()).Value;
        IObjectStore objects = new FolderObjectStore(database.Data);
        var derived = Image(uid, $"{uid}.2", "ours");
        using var bytes = new MemoryStream();
        await derived.SaveAsync(bytes);
        var study = new Study { Id = SampleStudy.Id(1), StudyInstanceUid = uid, FirstReceivedAt = SampleStudy.Received };
        study.Series.Add(new()
        {
            Id = SampleStudy.Id(2), StudyId = study.Id, SeriesInstanceUid = Source(uid), Origin = SeriesOrigin.Received,
            State = SeriesState.Translated,
        });
        var series = new Series
        {
            Id = SampleStudy.Id(3), StudyId = study.Id, SeriesInstanceUid = $"{uid}.2", Origin = SeriesOrigin.Derived,
            State = SeriesState.Delivering, DerivedFromSeriesId = SampleStudy.Id(2),
        };
        series.Instances.Add(new()
        {
            Id = SampleStudy.Id(4), SeriesId = series.Id, SopInstanceUid = $"{uid}.2.1", SopClassUid = GeneratedObject.MrImageStorage,
            TransferSyntaxUid = DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID,
            Sha256 = await objects.PutAsync(bytes.ToArray(), Cancel),
            Bytes = bytes.Length, ReceivedAt = SampleStudy.Received,
        });
        study.Series.Add(series);
        await using var db = database.Open();
        db.Studies.Add(study);
        db.Deliveries.Add(Persistence.Delivery.Planned(series.Instances[0].Id, Pacs, SampleStudy.Received));
        await db.SaveChangesAsync(Cancel);
        return (uid, Image(uid, Source(uid), "the scanner's"), $"{uid}.2");
    }

    private static DicomFile Image(string study, string series, string description)
    {
        using var stream = new MemoryStream(GeneratedObject.File(DicomNetwork.TransferSyntaxes.ExplicitLittleEndian));
        var file = DicomFile.Open(stream);
        file.Dataset.AddOrUpdate(DicomTag.StudyInstanceUID, study).AddOrUpdate(DicomTag.SeriesInstanceUID, series)
            .AddOrUpdate(DicomTag.SOPInstanceUID, $"{series}.1").AddOrUpdate(DicomTag.StudyDescription, description);
        file.FileMetaInfo.AddOrUpdate(DicomTag.MediaStorageSOPInstanceUID, $"{series}.1");
        return file;
    }

    private static async Task StoreAsync(OrthancServer orthanc, DicomFile file)
    {
        using var bytes = new MemoryStream();
        await file.SaveAsync(bytes);
        using var body = new ByteArrayContent(bytes.ToArray());
        (await orthanc.Http.PostAsync(new Uri("/instances", UriKind.Relative), body, Cancel)).EnsureSuccessStatusCode();
    }

    private static async Task<Persistence.Delivery> RowAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Deliveries.AsNoTracking().SingleAsync(Cancel);
    }

    private static async Task<DateTimeOffset> NextAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Outbox.MaxAsync(row => row.NotBefore, Cancel);
    }

    private static async Task<(SeriesState State, int Failures)> StandAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return ((await db.Series.SingleAsync(s => s.Id == SampleStudy.Id(3), Cancel)).State,
            await db.Failures.CountAsync(f => f.ReplayedAt == null, Cancel));
    }

    private async Task SettleAsync(TestDatabase database)
    {
        await using var db = database.Open();
        await new SeriesSentHandler(Decisions.NoRejections, _time).HandleAsync(
            new() { SeriesId = SampleStudy.Id(3), Destination = Pacs }, db, Cancel);
        await db.SaveHandledAsync(Cancel);
    }

    private void Compose(IHostApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(_time);

    private TestDelivery Stow(TestDatabase database, StowServer server, params (string Key, string Value)[] settings)
    {
        var keys = TestDelivery.StowRs(Pacs, server.Url);
        foreach (var (key, value) in settings)
            keys[key] = value;
        return new(database, Compose, keys);
    }
}
