using System.Diagnostics.Metrics;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Looks, before the series of a study are judged, whether it is one patient's, and tells people when it is not.</summary>
public sealed partial class PatientWatch(
    SamePictures pictures, IMeterFactory meters, TimeProvider time, ILogger<PatientWatch> logger)
{
    private readonly Counter<long> _conflicts = meters.Create("Gateway.TranslationWorker").CreateCounter<long>(
        "gateway_patient_conflicts_total", null, "Revisions of studies whose images name more than one patient.");

    private readonly Counter<long> _corrections = meters.Create("Gateway.TranslationWorker").CreateCounter<long>(
        "gateway_patient_corrections_total", null, "Studies that came again, whole, and name another patient than before.");

    /// <summary>Rules out what came while a person chose the patient, and whom a study that came again has corrected. Committed at
    /// once.</summary>
    public async Task LookAsync(Guid studyId, GatewayDbContext db, CancellationToken cancel)
    {
        if (await db.StudyPatients.AnyAsync(p => p.StudyId == studyId && p.RuledOut, cancel))
            await db.FlagImagesAsync(studyId, cancel);
        if (!await db.Studies.AnyAsync(s => s.Id == studyId && s.PatientConflict, cancel))
            return;
        if (await CorrectAsync(studyId, db, cancel))
        {
            _corrections.Add(1);
            LogCorrected(studyId);
            return;
        }
        _conflicts.Add(1);
        LogConflict(studyId);
    }

    /// <summary>The pictures are compared before the study is locked; what came meanwhile undoes the correction.</summary>
    private async Task<bool> CorrectAsync(Guid studyId, GatewayDbContext db, CancellationToken cancel)
    {
        if (await PatientCorrection.FindAsync(db, studyId, cancel) is not { } correction || !pictures.AreIn(correction, cancel))
            return false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockStudiesAsync([studyId], cancel);
        var revision = await db.Studies.Where(s => s.Id == studyId && s.PatientConflict).Select(s => (int?)s.Revision)
            .SingleOrDefaultAsync(cancel);
        if (revision is null || !correction.IsStill(await PatientCorrection.FindAsync(db, studyId, cancel)))
            return false;
        await db.ChoosePatientAsync(studyId, correction.StudyPatientId, cancel);
        db.PatientChoices.Add(new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            StudyId = studyId,
            StudyPatientId = correction.StudyPatientId,
            Revision = revision.Value,
            At = time.GetUtcNow(),
            By = PatientChoice.ByTheStudy,
            Why = "Every image that named another patient came again, later and with the same pixels, naming this one.",
        });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    [LoggerMessage(
        EventId = 2007, Level = LogLevel.Warning,
        Message = "Study {StudyId}: its images name more than one patient; held until a person chooses")]
    private partial void LogConflict(Guid studyId);

    [LoggerMessage(
        EventId = 2032, Level = LogLevel.Warning,
        Message = "Study {StudyId} came again under another patient, whole and with the same pixels: it is judged anew as theirs")]
    private partial void LogCorrected(Guid studyId);
}
