using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Obeys the rejection notes among the received objects of a study (IHE IOCM): images that they name are used no more, whether
/// they came before the note or after it.</summary>
public sealed partial class ReceivedNotes(IObjectStore objects, ILogger<ReceivedNotes> logger)
{
    private static readonly string NoteClass = DicomUID.KeyObjectSelectionDocumentStorage.UID;

    /// <summary>Committed at once; done again, it finds nothing. The study then completes again, without what was rejected.</summary>
    public async Task ObeyAsync(Guid studyId, GatewayDbContext db, CancellationToken cancel)
    {
        var notes = await db.Instances.AsNoTracking()
            .Where(i => i.Series.StudyId == studyId && i.Series.Origin == SeriesOrigin.Received)
            .Where(i => i.SopClassUid == NoteClass && !i.Conflict)
            .OrderBy(i => i.ReceivedAt).ThenBy(i => i.Id).ToListAsync(cancel);
        foreach (var note in notes)
        {
            if (Read(note) is not var (title, uids) || uids.Count == 0)
                continue;
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var rejected = await db.RejectImagesAsync(studyId, uids, title.Code, cancel);
            await transaction.CommitAsync(cancel);
            if (rejected > 0)
                LogRejected(studyId, rejected, title.Code);
        }
    }

    /// <returns>Null: a document that rejects nothing, or none that can be read.</returns>
    private (RejectionTitle Title, List<string> Uids)? Read(Instance note)
    {
        try
        {
            using var stream = objects.OpenRead(note.Sha256);
            var dataset = DicomFile.Open(stream, FileReadOption.SkipLargeTags).Dataset;
            return Items(dataset, DicomTag.ConceptNameCodeSequence).Select(TitleOf).FirstOrDefault() is { } title
                ? (title, [.. Items(dataset, DicomTag.CurrentRequestedProcedureEvidenceSequence)
                    .SelectMany(study => Items(study, DicomTag.ReferencedSeriesSequence))
                    .SelectMany(series => Items(series, DicomTag.ReferencedSOPSequence))
                    .Select(image => DerivedIdentity.Text(image, DicomTag.ReferencedSOPInstanceUID)).Distinct()])
                : null;
        }
        catch (DicomException)
        {
            return null;
        }
    }

    private static RejectionTitle? TitleOf(DicomDataset code) => DerivedIdentity.Text(code, DicomTag.CodingSchemeDesignator) == "DCM"
        ? RejectionTitle.Of(DerivedIdentity.Text(code, DicomTag.CodeValue)) : null;

    private static IEnumerable<DicomDataset> Items(DicomDataset dataset, DicomTag tag) =>
        dataset.TryGetSequence(tag, out var sequence) ? sequence.Items : [];

    [LoggerMessage(
        EventId = 2035, Level = LogLevel.Warning, Message = "Study {StudyId}: a received note rejects {Count} images ({Title})")]
    private partial void LogRejected(Guid studyId, int count, string title);
}
