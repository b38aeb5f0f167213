using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TranslationWorker.Tests.Derived;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Gateway.TranslationWorker.Tests.Rejection;

/// <summary>A received rejection note that names a result of ours.</summary>
public sealed class ReceivedNotesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_note_that_names_an_image_of_a_result_is_its_observers_rejection(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = await ReceiveAsync(database, note => note.AddOrUpdate(new DicomSequence(
            DicomTag.ContentSequence,
            [.. note.GetSequence(DicomTag.ContentSequence).Items, Item("121008", "PNAME").AddOrUpdate(DicomTag.PersonName, "Roe^Anna^^Dr."),
                Item("113012", "TEXT").AddOrUpdate(DicomTag.TextValue, "The skull is too thin.")])));

        var logged = await ObeyAsync(database, study.Id);
        logged += await ObeyAsync(database, study.Id);

        await using var db = database.Open();
        var verdict = await db.ReaderVerdicts.SingleAsync(Cancel);
        Assert.Equal(
            ("Roe Anna Dr.", "The skull is too thin.", "113037", VerdictKind.Rejected),
            (verdict.By, verdict.Why, verdict.Title, verdict.Kind));
        Assert.Equal(SeriesState.Superseded, await db.Series.Where(s => s.Id == verdict.SeriesId).Select(s => s.State).SingleAsync(Cancel));
        Assert.Equal("rejected-by-reader", (await db.Series.SingleAsync(s => s.Id == study.Series[0].Id, Cancel)).Reasons[0].Code);
        Assert.Equal(1, await db.Outbox.CountAsync(Cancel));
        Assert.Contains("113037", logged, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", logged, StringComparison.Ordinal);
        Assert.DoesNotContain("thin", logged, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_note_without_an_observer_still_counts_once_also_after_an_acceptance(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = await ReceiveAsync(database, _ => { });
        await ObeyAsync(database, study.Id);
        await using var db = database.Open();
        var rejected = await db.ReaderVerdicts.AsNoTracking().SingleAsync(Cancel);
        Assert.Equal(("a received rejection note", RejectionTitle.Safety.Meaning), (rejected.By, rejected.Why));

        await db.JudgeAsync(
            new()
            {
                Id = Guid.CreateVersion7(), SeriesId = rejected.SeriesId, Kind = VerdictKind.Accepted, At = DateTimeOffset.UnixEpoch,
                By = "Anna", Why = "It fits.",
            },
            TimeProvider.System, Cancel);
        await db.SaveChangesAsync(Cancel);
        await ObeyAsync(database, study.Id);

        Assert.Equal(
            [VerdictKind.Rejected, VerdictKind.Accepted],
            (await db.ReaderVerdicts.AsNoTracking().ToListAsync(Cancel)).OrderBy(v => v.At).Select(v => v.Kind));
        Assert.Equal(SeriesState.Queued, await db.Series.Where(s => s.Origin == SeriesOrigin.Received && s.Modality != "KO")
            .Select(s => s.State).SingleAsync(Cancel));
    }

    private static DicomDataset Item(string concept, string type) => new DicomDataset().NotValidated()
        .AddOrUpdate(DicomTag.RelationshipType, "HAS OBS CONTEXT").AddOrUpdate(DicomTag.ValueType, type)
        .AddOrUpdate(new DicomSequence(DicomTag.ConceptNameCodeSequence, new DicomDataset().AddOrUpdate(DicomTag.CodeValue, concept)
            .AddOrUpdate(DicomTag.CodingSchemeDesignator, "DCM").AddOrUpdate(DicomTag.CodeMeaning, "x")));

    private static async Task<string> ObeyAsync(TestDatabase database, Guid study)
    {
        var logs = new Logs();
        await using var db = database.Open();
        await new ReceivedNotes(new FolderObjectStore(database.Data), TimeProvider.System, logs).ObeyAsync(study, db, Cancel);
        return string.Join('\n', logs.Lines);
    }

    /// <summary>A delivered result, and a note that names its image among the received objects.</summary>
    private static async Task<Study> ReceiveAsync(TestDatabase database, Action<DicomDataset> change)
    {
        var study = SampleStudy.Create();
        foreach (var series in study.Series)
            series.Instances.Clear();
        var made = DerivedSample.Write(DerivedSources.Handmade(Shipped.T2ToCt), Shipped.T2ToCt);
        var note = RejectionNote.Write([made.Dataset], RejectionTitle.Safety, SampleStudy.Received);
        change(note.Dataset);
        await AddAsync(database, study.Series[1], made);
        var received = new Series
        {
            Id = Guid.CreateVersion7(), StudyId = study.Id, SeriesInstanceUid = "2.25.77", Origin = SeriesOrigin.Received,
            State = SeriesState.Ineligible, Modality = "KO",
        };
        study.Series.Add(received);
        await AddAsync(database, received, note);
        await using var db = database.Open();
        db.Studies.Add(study);
        await db.SaveChangesAsync(Cancel);
        return study;
    }

    private static async Task AddAsync(TestDatabase database, Series series, DicomFile file)
    {
        var bytes = DerivedSample.Bytes(file);
        series.Instances.Add(new()
        {
            Id = Guid.CreateVersion7(), SeriesId = series.Id, SopInstanceUid = file.Dataset.GetString(DicomTag.SOPInstanceUID),
            SopClassUid = file.Dataset.GetString(DicomTag.SOPClassUID), TransferSyntaxUid = "1.2.840.10008.1.2.1",
            Sha256 = await ((IObjectStore)new FolderObjectStore(database.Data)).PutAsync(bytes, Cancel), Bytes = bytes.Length,
            ReceivedAt = SampleStudy.Received,
        });
    }

    private sealed class Logs : ILogger<ReceivedNotes>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
