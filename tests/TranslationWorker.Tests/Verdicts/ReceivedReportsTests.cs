using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TranslationWorker.Tests.Derived;
using Gateway.TranslationWorker.Tests.Handlers;
using Microsoft.EntityFrameworkCore;
using static Gateway.TranslationWorker.Tests.Verdicts.ReaderReport;

namespace Gateway.TranslationWorker.Tests.Verdicts;

/// <summary>A received structured report about a result of ours, as the study is decided on.</summary>
public sealed class ReceivedReportsTests
{
    private static readonly string Made = SampleStudy.DerivedUid + ".1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_rejection_puts_the_result_aside_and_the_report_itself_is_no_image_for_us(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var group = Group(Image(Made), Verdict("DCM|113037"), Comment("Thin."));
        await ReceiveAsync(database, Document(SampleStudy.StudyUid, [], Reader(), group));

        await DecideAsync(database);
        await DecideAsync(database);

        await using var db = database.Open();
        var verdict = await db.ReaderVerdicts.SingleAsync(Cancel);
        Assert.Equal(
            (SampleStudy.Id(3), VerdictKind.Rejected, "Roe Anna Dr.", "Thin.", "113037", "2.25.4711"),
            (verdict.SeriesId, verdict.Kind, verdict.By, verdict.Why, verdict.Title, verdict.NoteUid));
        var series = await db.Series.AsNoTracking().Include(s => s.Instances).ToListAsync(Cancel);
        Assert.Equal(SeriesState.Superseded, series.Single(s => s.Origin == SeriesOrigin.Derived).State);
        var report = series.Single(s => s.Modality == "SR");
        Assert.Equal((SeriesState.Ineligible, null, false), (report.State, report.Direction, report.Instances[0].Conflict));
        Assert.Equal("rejected-by-reader", series.Single(s => s.Id == SampleStudy.Id(2)).Reasons.Single().Code);
        Assert.Empty(await db.ArchiveSamples.ToListAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task An_acceptance_by_the_series_UID_and_a_comment_leave_the_result_where_it_is(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var series = Item("UIDREF", "112002").AddOrUpdate(DicomTag.UID, SampleStudy.DerivedUid);
        await ReceiveAsync(database, Document(SampleStudy.StudyUid, [], Reader(), Group(series, Verdict("99GATEWAY|ACCEPTED"))));
        await DecideAsync(database);
        await using var db = database.Open();
        var verdict = await db.ReaderVerdicts.SingleAsync(Cancel);
        Assert.Equal((VerdictKind.Accepted, "ACCEPTED", null), (verdict.Kind, verdict.Why, verdict.Title));
        Assert.Equal(SeriesState.Delivered, (await db.Series.SingleAsync(s => s.Id == SampleStudy.Id(3), Cancel)).State);
    }

    [Theory, EachDatabase]
    public async Task A_report_about_the_source_alone_says_nothing_of_the_result(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await ReceiveAsync(database, Document(
            SampleStudy.StudyUid, [Made], Reader(), Group(Image(SampleStudy.SourceUid + ".1"), Verdict("99GATEWAY|REJECTED"))));
        await DecideAsync(database);
        await using var db = database.Open();
        Assert.Empty(await db.ReaderVerdicts.ToListAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task Words_that_are_too_long_are_cut_between_two_letters(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var words = new string('x', ReaderVerdict.LongestWhy - 1) + "\U0001F480 and more";
        var report = Document(SampleStudy.StudyUid, [], Reader(), Group(Image(Made), Verdict("DCM|113037"), Comment(words)));
        await ReceiveAsync(database, report.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192"));
        await DecideAsync(database);
        await using var db = database.Open();
        Assert.Equal(new string('x', ReaderVerdict.LongestWhy - 1), (await db.ReaderVerdicts.SingleAsync(Cancel)).Why);
    }

    private static async Task DecideAsync(TestDatabase database)
    {
        await using var db = database.Open();
        await Decisions.Handler(new FolderObjectStore(database.Data)).HandleAsync(
            new() { StudyId = SampleStudy.Id(1), Revision = 2 }, db, Cancel);
        await db.SaveHandledAsync(Cancel);
    }

    /// <summary>A delivered result, and then the report, whose study is complete.</summary>
    private static async Task ReceiveAsync(TestDatabase database, DicomDataset report)
    {
        var bytes = DerivedSample.Bytes(new(report));
        var study = SampleStudy.Create(withDerived: false);
        study.Series.Add(SampleStudy.Derived(study.Id, SeriesState.Delivered));
        var received = new Series
        {
            Id = Guid.CreateVersion7(), StudyId = study.Id, SeriesInstanceUid = "2.25.4712", Origin = SeriesOrigin.Received,
            State = SeriesState.Received, Revision = 2, Modality = "SR",
        };
        received.Instances.Add(new()
        {
            Id = Guid.CreateVersion7(), SeriesId = received.Id, SopInstanceUid = "2.25.4711",
            SopClassUid = DicomUID.ComprehensiveSRStorage.UID, TransferSyntaxUid = "1.2.840.10008.1.2.1",
            Sha256 = await ((IObjectStore)new FolderObjectStore(database.Data)).PutAsync(bytes, Cancel), Bytes = bytes.Length,
            ReceivedAt = SampleStudy.Received,
        });
        study.Series.Add(received);
        await using var db = database.Open();
        db.Studies.Add(study);
        await db.SaveChangesAsync(Cancel);
    }
}
