using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Obeys the rejection notes among the received objects of a study (IHE IOCM): images that they name are used no more, whether
/// they came before the note or after it. One that names an image of a result is a reader's rejection of that.</summary>
public sealed partial class ReceivedNotes(IObjectStore objects, TimeProvider time, ILogger<ReceivedNotes> logger)
{
    private const string Nobody = "a received rejection note";
    private static readonly string NoteClass = DicomUID.KeyObjectSelectionDocumentStorage.UID;

    /// <summary>Committed at once; done again, it finds nothing. The study then completes again, without what was rejected.</summary>
    public async Task ObeyAsync(Guid studyId, GatewayDbContext db, CancellationToken cancel)
    {
        var notes = await db.Instances.AsNoTracking()
            .Where(i => i.Series.StudyId == studyId && i.Series.Origin == SeriesOrigin.Received)
            .Where(i => i.SopClassUid == NoteClass && !i.Conflict)
            .OrderBy(i => i.ReceivedAt).ThenBy(i => i.Id).ToListAsync(cancel);
        foreach (var image in notes)
        {
            if (Read(image) is not { } note)
                continue;
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var rejected = await db.RejectImagesAsync(studyId, note.Uids, note.Title.Code, cancel);
            var results = await JudgeAsync(studyId, image, note, db, cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            if (rejected > 0)
                LogRejected(studyId, rejected, note.Title.Code);
            foreach (var result in results)
                LogResultRejected(studyId, result, note.Title.Code);
        }
    }

    /// <summary>A result is judged as a whole, also where a note names a part of it.</summary>
    /// <returns>Ids of the derived series that it rejects for the first time.</returns>
    private async Task<List<Guid>> JudgeAsync(
        Guid studyId, Instance image, ReceivedNote note, GatewayDbContext db, CancellationToken cancel)
    {
        var named = await db.Series.Where(s => s.StudyId == studyId && s.Origin == SeriesOrigin.Derived)
            .Where(s => s.Instances.Any(i => note.Uids.Contains(i.SopInstanceUid))).Select(s => s.Id).ToListAsync(cancel);
        var rejected = new List<Guid>();
        foreach (var result in named)
            if (await db.JudgeAsync(Verdict(result, image, note), time, cancel) == JudgeResult.Recorded)
                rejected.Add(result);
        return rejected;
    }

    private ReaderVerdict Verdict(Guid result, Instance image, ReceivedNote note) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        SeriesId = result,
        Kind = VerdictKind.Rejected,
        At = time.GetUtcNow(),
        By = DerivedText.Cut(note.By.Length > 0 ? note.By : Nobody, ReaderVerdict.LongestBy),
        Why = DerivedText.Cut(note.Why.Length > 0 ? note.Why : note.Title.Meaning, ReaderVerdict.LongestWhy),
        Title = note.Title.Code,
        NoteUid = image.SopInstanceUid,
    };

    /// <returns>Null: a document that rejects nothing, or none that can be read.</returns>
    private ReceivedNote? Read(Instance note)
    {
        try
        {
            using var stream = objects.OpenRead(note.Sha256);
            return ReceivedNote.Of(DicomFile.Open(stream, FileReadOption.SkipLargeTags).Dataset);
        }
        catch (DicomException)
        {
            return null;
        }
    }

    [LoggerMessage(
        EventId = 2035, Level = LogLevel.Warning, Message = "Study {StudyId}: a received note rejects {Count} images ({Title})")]
    private partial void LogRejected(Guid studyId, int count, string title);

    [LoggerMessage(
        EventId = 2039, Level = LogLevel.Warning,
        Message = "Study {StudyId}: a received note rejects derived series {SeriesId} ({Title}), as a reader would")]
    private partial void LogResultRejected(Guid studyId, Guid seriesId, string title);
}
