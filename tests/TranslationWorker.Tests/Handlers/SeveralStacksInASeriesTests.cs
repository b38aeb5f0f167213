using Gateway.Contracts;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.TranslationWorker.Tests.Handlers;

/// <summary>A received series of several stacks, from its study's completion to the derived series.</summary>
public sealed class SeveralStacksInASeriesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_dual_echo_becomes_a_series_from_its_T2_images_and_says_that_the_others_were_set_aside(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (objects, images) = (new FolderObjectStore(database.Data), SeveralStacks.DualEcho());
        var received = await ReceiveAsync(database, objects, images);

        await HandleAsync(database, db => Decisions.Handler(objects)
            .HandleAsync(new() { StudyId = received.StudyId, Revision = 1 }, db, Cancel));
        using var models = new ModelCatalog(MsOptions.Create(new ModelOptions()), NullLogger<ModelCatalog>.Instance);
        await HandleAsync(
            database, db => Translation(database, objects, models).HandleAsync(new() { SeriesId = received.Id, Revision = 1 }, db, Cancel));

        await using var db = database.Open();
        var source = await db.Series.SingleAsync(s => s.Origin == SeriesOrigin.Received, Cancel);
        var derived = await db.Series.Include(s => s.Instances).SingleAsync(s => s.Origin == SeriesOrigin.Derived, Cancel);
        Assert.Equal((SeriesState.Translated, "t2-ct", source.Id), (source.State, source.Direction, derived.DerivedFromSeriesId));
        Assert.Empty(source.Reasons);
        Assert.Equal(["set-aside"], source.SetAside.Select(reason => reason.Code));
        Assert.StartsWith("24 images (echo time 15 ms", source.SetAside[0].Text, StringComparison.Ordinal);
        Assert.Equal(
            "100", images.Single(image => image.GetString(DicomTag.SOPInstanceUID) == source.ChosenSopInstanceUid)
                .GetString(DicomTag.EchoTime));
    }

    [Theory, EachDatabase]
    public async Task A_series_of_one_stack_has_nothing_set_aside(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var objects = new FolderObjectStore(database.Data);
        var received = await ReceiveAsync(database, objects, [.. SeveralStacks.DualEcho(16).Where((_, i) => i % 2 == 1)]);

        await HandleAsync(database, db => Decisions.Handler(objects)
            .HandleAsync(new() { StudyId = received.StudyId, Revision = 1 }, db, Cancel));

        await using var db = database.Open();
        var source = await db.Series.SingleAsync(Cancel);
        Assert.Equal(SeriesState.Queued, source.State);
        Assert.Empty(source.SetAside);
    }

    private static TranslateSeriesHandler Translation(TestDatabase database, FolderObjectStore objects, ModelCatalog models)
    {
        var translator = new SeriesTranslator(
            ShippedModalities.Table, models, new ReferenceCatalog(MsOptions.Create(new ModelOptions())),
            MsOptions.Create(new SiteOptions()), MsOptions.Create(new TranslationOptions()), TimeProvider.System);
        var outcome = new TranslationOutcome(
            new DerivedSeriesStore(objects, database.Data, TimeProvider.System), Decisions.Archive(database, objects),
            Decisions.NoRejections, TimeProvider.System, NullLogger<TranslationOutcome>.Instance);
        return new(translator, outcome, objects, TimeProvider.System);
    }

    private static async Task HandleAsync(TestDatabase database, Func<GatewayDbContext, Task> work)
    {
        await using var db = database.Open();
        await work(db);
        await db.SaveChangesAsync(Cancel);
        await db.Database.CommitTransactionAsync(Cancel);
    }

    private static async Task<Series> ReceiveAsync(TestDatabase database, FolderObjectStore objects, List<DicomDataset> images)
    {
        var study = new Study
        {
            Id = Guid.CreateVersion7(),
            StudyInstanceUid = images[0].GetString(DicomTag.StudyInstanceUID),
            FirstReceivedAt = DateTimeOffset.UnixEpoch,
            Revision = 1,
        };
        var series = new Series
        {
            Id = Guid.CreateVersion7(), StudyId = study.Id, Study = study, SeriesInstanceUid = images[0].GetString(
                DicomTag.SeriesInstanceUID),
            Origin = SeriesOrigin.Received, Modality = "MR", Revision = 1, State = SeriesState.Received,
        };
        foreach (var image in images)
        {
            var bytes = SeveralStacks.Bytes(image);
            series.Instances.Add(new()
            {
                Id = Guid.CreateVersion7(), SeriesId = series.Id, SopInstanceUid = image.GetString(DicomTag.SOPInstanceUID),
                SopClassUid = image.GetString(DicomTag.SOPClassUID),
                TransferSyntaxUid = DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID,
                Sha256 = await ((IObjectStore)objects).PutAsync(bytes, Cancel),
                Bytes = bytes.Length, ReceivedAt = DateTimeOffset.UnixEpoch,
            });
        }
        await using var db = database.Open();
        db.Add(series);
        await db.SaveChangesAsync(Cancel);
        return series;
    }
}
