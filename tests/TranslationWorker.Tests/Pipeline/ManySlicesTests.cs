using Gateway.Contracts;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TranslationWorker.Tests.Derived;
using Microsoft.EntityFrameworkCore;
using Gateway.TranslationWorker.Tests.Handlers;

namespace Gateway.TranslationWorker.Tests.Pipeline;

/// <summary>A derived series of many slices on its way out: stored, told, delivered.</summary>
public sealed class ManySlicesTests
{
    private const int Slices = 12;
    private const string Pacs = "pacs";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task All_slices_are_stored_once_however_often_they_are_brought(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        var first = await StoreAsync(database, Translated());
        var second = await StoreAsync(database, Translated());

        Assert.Equal(first, second);
        await using var db = database.Open();
        var series = await db.Series.Include(s => s.Instances).Include(s => s.Pictures)
            .SingleAsync(s => s.Origin == SeriesOrigin.Derived, Cancel);
        Assert.Equal(Enumerable.Range(1, Slices), series.Instances.Select(i => i.InstanceNumber!.Value).Order());
        Assert.Equal(["montage", "sheet"], series.Pictures.Select(p => p.Kind).Order());
        var objects = new FolderObjectStore(database.Data);
        foreach (var instance in series.Instances)
            Assert.Equal(instance.Bytes, await objects.SizeAsync(instance.Sha256, Cancel));
        var names = Directory.GetFiles(Path.Combine(database.Data.Out, SampleStudy.StudyUid, series.SeriesInstanceUid))
            .Select(Path.GetFileName);
        Assert.Equal(series.Instances.Select(i => i.SopInstanceUid + ".dcm").Order(), names.Order());
    }

    [Theory, EachDatabase]
    public async Task Two_series_of_one_study_keep_a_sheet_each(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        await StoreAsync(database, Translated());
        await StoreAsync(database, Translated(sources: 'e') with { Sheet = [3], Montage = [4] });

        var study = Path.Combine(database.Data.Out, SampleStudy.StudyUid);
        byte[][] Kept(string name) =>
            [.. Directory.GetFiles(study, name, SearchOption.AllDirectories).Select(File.ReadAllBytes).OrderBy(bytes => bytes[0])];
        Assert.Equal([[1], [3]], Kept("*.sheet.png"));
        Assert.Equal([[2], [4]], Kept("*.montage.png"));
    }

    [Theory, EachDatabase]
    public async Task All_slices_stand_in_the_ImagingStudy(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await StoreAsync(database, Translated());

        await using var db = database.Open();
        var study = await db.Studies.Include(s => s.Series).ThenInclude(s => s.Instances).SingleAsync(Cancel);
        var resource = new ImagingStudyBuilder(new FhirOptions(), new SiteOptions(), ShippedModalities.Table).Build(study);

        var uid = study.Series.Single(s => s.Id == id).SeriesInstanceUid;
        var derived = Assert.Single(resource.Series, s => s.Uid == uid);
        Assert.Equal(Slices, derived.NumberOfInstances);
        Assert.Equal(Enumerable.Range(1, Slices), derived.Instance.Select(i => i.Number!.Value));
        Assert.Equal(2 + Slices, resource.NumberOfInstances);
    }

    [Theory, EachDatabase]
    public async Task All_slices_are_sent_in_their_order_and_then_the_series_is_delivered(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        using var scp = await DcmtkServer.StartAsync();
        using var delivery = new TestDelivery(database, TestDelivery.CStore(Pacs, scp.Port));
        var id = await StoreAsync(database, Translated());

        await HandleAsync(database, db => new SeriesTranslatedHandler(delivery.Options, TimeProvider.System)
            .HandleAsync(new SeriesTranslated { SeriesId = SampleStudy.Id(2), DerivedSeriesId = id }, db, Cancel));
        await delivery.DeliverAsync(id, Pacs);
        await HandleAsync(
            database, db => new SeriesSentHandler(Decisions.NoRejections, TimeProvider.System).HandleAsync(
                new SeriesSent { SeriesId = id, Destination = Pacs }, db, Cancel));

        Assert.Equal(Slices, scp.Files.Count);
        await using var db = database.Open();
        var sent = await db.Deliveries.Include(d => d.Instance).OrderBy(d => d.SentAt).ToListAsync(Cancel);
        Assert.Equal(Enumerable.Range(1, Slices), sent.Select(d => d.Instance.InstanceNumber!.Value));
        Assert.All(sent, d => Assert.Equal((DeliveryState.Delivered, 0), (d.State, d.DicomStatus)));
        Assert.Equal(SeriesState.Delivered, (await db.Series.SingleAsync(s => s.Id == id, Cancel)).State);
    }

    /// <summary>From the feet, numbered from the head: places and numbers need not agree.</summary>
    private static TranslatedSeries Translated(char sources = 'd')
    {
        var derivation = DerivedSample.Derivation(Shipped.T2ToCt) with { Slices = SliceCoverage.All, SourceSetDigest = new(sources, 64) };
        return new()
        {
            Direction = Shipped.T2ToCt,
            Model = derivation.Model,
            Derived = [.. Enumerable.Range(0, Slices).Select(i => DerivedSample.Write(Source(i), derivation))],
            ChosenSopInstanceUid = "2.25.1001.5",
            ChosenSlice = 5,
            NccBefore = 0.5,
            NccAfter = 0.9,
            GateScore = 0.4,
            Panels = [],
            Sheet = [1],
            Montage = [2],
            Seconds = new Dictionary<string, double>(),
        };
    }

    private static DicomDataset Source(int index) => DerivedSources.Handmade(Shipped.T2ToCt)
        .AddOrUpdate(DicomTag.SOPInstanceUID, $"2.25.1001.{index}")
        .AddOrUpdate(DicomTag.ImagePositionPatient, "-120.5", "-110", $"{5 * index}")
        .AddOrUpdate(DicomTag.InstanceNumber, $"{Slices - index}");

    private static async Task<Guid> StoreAsync(TestDatabase database, TranslatedSeries result)
    {
        await using var db = database.Open();
        if (!await db.Studies.AnyAsync(Cancel))
            db.Studies.Add(SampleStudy.Create(withDerived: false));
        await db.SaveChangesAsync(Cancel);
        var source = await db.Series.Include(s => s.Study).SingleAsync(s => s.Id == SampleStudy.Id(2), Cancel);
        var id = await new DerivedSeriesStore(new FolderObjectStore(database.Data), database.Data, TimeProvider.System).AddAsync(
            source, result, db, Cancel);
        await db.SaveChangesAsync(Cancel);
        return id;
    }

    private static async Task HandleAsync(TestDatabase database, Func<GatewayDbContext, Task> handle)
    {
        await using var db = database.Open();
        await handle(db);
        await db.SaveHandledAsync(Cancel);
    }
}
