using Gateway.Contracts;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.TranslationWorker.Tests.Reports;

/// <summary>A report beside its series: stored, planned, put aside and rejected with it.</summary>
public sealed class ReportFlowTests
{
    private static readonly DeliveryOptions Two = new() { Destinations = [new() { Name = "first" }, new() { Name = "second" }] };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task It_goes_where_its_series_goes(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var made = await StoreAsync(database);

        await HandleAsync(database, db => new SeriesTranslatedHandler(MsOptions.Create(Two), TimeProvider.System).HandleAsync(
            new() { SeriesId = SampleStudy.Id(2), DerivedSeriesId = made }, db, Cancel));

        await using var after = database.Open();
        var report = await after.Series.Include(s => s.Instances).SingleAsync(s => s.Origin == SeriesOrigin.Report, Cancel);
        Assert.Equal(
            (made, "SR", 1504, SeriesState.Delivering),
            (report.DerivedFromSeriesId, report.Modality, report.SeriesNumber, report.State));
        Assert.Equal(DicomUID.EnhancedSRStorage.UID, Assert.Single(report.Instances).SopClassUid);
        var planned = await after.Deliveries.GroupBy(d => d.Instance.Series.Origin)
            .Select(g => new { g.Key, Rows = g.Count(), At = g.Select(d => d.Destination).Distinct().Count() }).ToListAsync(Cancel);
        Assert.Equal(
            [(SeriesOrigin.Derived, 4, 2), (SeriesOrigin.Report, 2, 2)],
            planned.OrderBy(g => g.Key).Select(g => (g.Key, g.Rows, g.At)));
        Assert.Equal(4, await after.Outbox.CountAsync(m => m.Type == ContractTypes.NameOf(typeof(DeliverSeries)), Cancel));
    }

    [Theory, EachDatabase]
    public async Task Settled_it_moves_nothing_of_its_series(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var made = await StoreAsync(database);
        await HandleAsync(database, db => new SeriesTranslatedHandler(MsOptions.Create(Two), TimeProvider.System).HandleAsync(
            new() { SeriesId = SampleStudy.Id(2), DerivedSeriesId = made }, db, Cancel));
        await using var db = database.Open();
        var report = await db.Series.Where(s => s.Origin == SeriesOrigin.Report).Select(s => s.Id).SingleAsync(Cancel);
        await db.Deliveries.Where(d => d.Instance.SeriesId == report)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.State, DeliveryState.Delivered), Cancel);

        await using (var transaction = await db.Database.BeginTransactionAsync(Cancel))
        {
            await db.SettleDeliveryAsync(report, Cancel);
            await transaction.CommitAsync(Cancel);
        }

        Assert.Equal(
            [SeriesState.Translated, SeriesState.Delivering, SeriesState.Delivered],
            (await db.Series.AsNoTracking().ToListAsync(Cancel)).OrderBy(s => s.Origin).Select(s => s.State));
    }

    [Theory, EachDatabase]
    public async Task Put_aside_its_series_takes_it_along_and_one_note_rejects_both(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var made = await StoreAsync(database);
        await HandleAsync(database, db => new SeriesTranslatedHandler(MsOptions.Create(Two), TimeProvider.System).HandleAsync(
            new() { SeriesId = SampleStudy.Id(2), DerivedSeriesId = made }, db, Cancel));
        await using (var db = database.Open())
            await db.Deliveries.ExecuteUpdateAsync(d => d.SetProperty(x => x.State, DeliveryState.Delivered), Cancel);

        await HandleAsync(database, async db =>
        {
            await db.Database.BeginTransactionAsync(Cancel);
            await db.JudgeAsync(
                new()
                {
                    Id = Guid.CreateVersion7(), SeriesId = made, Kind = VerdictKind.Rejected, At = SampleStudy.Received, By = "Anna",
                    Why = "Blurred.", Title = ReaderVerdict.Quality,
                },
                TimeProvider.System, Cancel);
        });
        await HandleAsync(database, async db =>
        {
            await db.Database.BeginTransactionAsync(Cancel);
            var objects = new FolderObjectStore(database.Data);
            await new Rejections(
                MsOptions.Create(Two), Handlers.Decisions.Nobody, objects, TimeProvider.System, NullLogger<Rejections>.Instance)
                .PlanAsync(SampleStudy.Id(1), db, Cancel);
        });

        await using var after = database.Open();
        var series = await after.Series.AsNoTracking().Include(s => s.Instances).ToListAsync(Cancel);
        Assert.All(
            series.Where(s => s.Origin is SeriesOrigin.Derived or SeriesOrigin.Report),
            s => Assert.Equal(SeriesState.Superseded, s.State));
        var note = Assert.Single(series, s => s.Origin == SeriesOrigin.Rejection);
        using var stream = new FolderObjectStore(database.Data).OpenRead(note.Instances[0].Sha256);
        var rejected = ReceivedNote.Of(DicomFile.Open(stream).Dataset)!.Uids;
        Assert.Equal(
            series.Where(s => s.Origin is SeriesOrigin.Derived or SeriesOrigin.Report).SelectMany(s => s.Instances)
                .Select(i => i.SopInstanceUid).Order(StringComparer.Ordinal),
            rejected.Order(StringComparer.Ordinal));
    }

    private static async Task<Guid> StoreAsync(TestDatabase database)
    {
        await using var db = database.Open();
        db.Studies.Add(SampleStudy.Create(withDerived: false));
        await db.SaveChangesAsync(Cancel);
        var source = await db.Series.Include(s => s.Study).Include(s => s.Instances).SingleAsync(s => s.Id == SampleStudy.Id(2), Cancel);
        var id = await new DerivedSeriesStore(new FolderObjectStore(database.Data), database.Data, TimeProvider.System).AddAsync(
            source, ReportSample.Result(Shipped.T2ToCt), db, Cancel);
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
