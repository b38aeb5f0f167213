using Gateway.Contracts;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using DeliveryRow = Gateway.Persistence.Delivery;

namespace Gateway.TranslationWorker;

/// <summary>Has superseded results rejected at every destination that has them (IHE IOCM): by a note that is sent as any series is, after
/// the result that takes their place.</summary>
public sealed partial class Rejections(
    IOptions<DeliveryOptions> options, Deliverers deliverers, IObjectStore objects, TimeProvider time, ILogger<Rejections> logger)
{
    /// <summary>Plans what is due now. In the caller's transaction, whenever a series of the study was decided on, held or sent; done
    /// again, it finds nothing.</summary>
    public async Task PlanAsync(Guid studyId, GatewayDbContext db, CancellationToken cancel)
    {
        var superseded = db.Series.Where(s => s.Origin == SeriesOrigin.Derived && s.State == SeriesState.Superseded);
        if (options.Value.Destinations.Count == 0 || !await superseded.AnyAsync(s => s.StudyId == studyId, cancel))
            return;
        await db.LockStudiesAsync([studyId], cancel);
        if (await db.Studies.AnyAsync(s => s.Id == studyId && (s.PatientConflict || s.State == StudyState.Receiving), cancel))
            return;    // whose it is, or what takes its place, is not known yet
        foreach (var due in await DueRejection.FindAsync(db, studyId, options.Value.Destinations.ConvertAll(d => d.Name), cancel))
            if (await WithoutSenderAsync(due, db, cancel) is { Destinations.Count: > 0 } told)
                await PlanAsync(told, db, cancel);
    }

    /// <summary>An archive whose own note made a result count no more has that note.</summary>
    private async Task<DueRejection> WithoutSenderAsync(DueRejection due, GatewayDbContext db, CancellationToken cancel)
    {
        if (ReaderVerdict.Counting(due.Old.Verdicts) is not { Kind: VerdictKind.Rejected, NoteUid: { } uid })
            return due;
        var note = DicomUID.KeyObjectSelectionDocumentStorage.UID;
        var senders = await (
            from image in db.Instances
            where image.Series.StudyId == due.Old.StudyId && image.SopInstanceUid == uid && image.SopClassUid == note
            join association in db.Associations on image.AssociationId equals association.Id
            select association.CallingAe).ToListAsync(cancel);
        return due with { Destinations = [.. due.Destinations.Where(at => !senders.Exists(ae => deliverers.IsCaller(at, ae)))] };
    }

    private async Task PlanAsync(DueRejection due, GatewayDbContext db, CancellationToken cancel)
    {
        if ((due.Note ?? await NoteAsync(due, db, cancel)) is not { } note)
            return;
        await db.Series.Where(s => s.Id == note.Id).MoveAsync(db, SeriesEvent.DeliveryStarted, cancel);
        foreach (var destination in due.Destinations)
        {
            foreach (var instance in note.Instances)
                db.Deliveries.Add(DeliveryRow.Planned(instance.Id, destination, time.GetUtcNow()));
            db.Enqueue(new DeliverSeries { SeriesId = note.Id, Destination = destination }, time);
        }
        LogRejected(due.Old.Id, due.Title.Code, due.Destinations.Count);
    }

    /// <summary>Saved at once, in the transaction: moving a series is a statement that wants its row.</summary>
    /// <returns>Null: it came back from an archive before anything here knew of it, as after a restored backup.</returns>
    private async Task<Series?> NoteAsync(DueRejection due, GatewayDbContext db, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var reports = due.Reports.SelectMany(report => report.Instances);
        var file = RejectionNote.Write(
            [.. due.Old.Instances.Select(Header)], due.Title, time.GetLocalNow(), [.. reports.Select(Header)]);
        using var stream = new MemoryStream();
        await file.SaveAsync(stream);
        var (dataset, bytes) = (file.Dataset, stream.ToArray());
        var uid = dataset.GetSingleValue<string>(DicomTag.SeriesInstanceUID);
        if (await db.Series.AnyAsync(s => s.StudyId == due.Old.StudyId && s.SeriesInstanceUid == uid, cancel))
            return null;
        var note = new Series
        {
            Id = Guid.CreateVersion7(now),
            StudyId = due.Old.StudyId,
            SeriesInstanceUid = uid,
            Origin = SeriesOrigin.Rejection,
            State = SeriesLife.First(SeriesOrigin.Rejection),
            Revision = due.Old.Revision,
            Modality = dataset.GetSingleValue<string>(DicomTag.Modality),
            SeriesNumber = due.Old.SeriesNumber,
            SeriesDescription = due.Title.Meaning,
            DerivedFromSeriesId = due.Old.Id,
            CreatedAt = now,
        };
        note.Instances.Add(new()
        {
            Id = Guid.CreateVersion7(now),
            SeriesId = note.Id,
            StudyPatientId = due.Old.Instances[0].StudyPatientId,
            Conflict = due.Old.Instances[0].Conflict,    // it names whom they name
            SopInstanceUid = dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID),
            SopClassUid = dataset.GetSingleValue<string>(DicomTag.SOPClassUID),
            TransferSyntaxUid = DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID,
            InstanceNumber = 1,
            Sha256 = await objects.PutAsync(bytes, cancel),
            Bytes = bytes.Length,
            ReceivedAt = now,
        });
        db.Series.Add(note);
        await db.SaveChangesAsync(cancel);
        return note;
    }

    private DicomDataset Header(Instance image)
    {
        using var stream = objects.OpenRead(image.Sha256);
        return DicomFile.Open(stream, FileReadOption.SkipLargeTags).Dataset;
    }

    [LoggerMessage(
        EventId = 2033, Level = LogLevel.Information,
        Message = "Superseded series {SeriesId} is rejected ({Title}) at {Count} destinations")]
    private partial void LogRejected(Guid seriesId, string title, int count);
}
