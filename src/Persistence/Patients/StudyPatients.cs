using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Gateway.Persistence;

/// <summary>Whose study it is: agreed on by its images, in conflict, or chosen by a person. The one place that decides it.</summary>
public static class StudyPatients
{
    /// <summary>After images came that name the patient of a study in a new way. In the caller's transaction, which has saved their
    /// rows.</summary>
    /// <returns>True when this is the conflict's beginning; then all of the study is judged anew.</returns>
    public static async Task<bool> NotePatientsAsync(this GatewayDbContext db, Guid studyId, CancellationToken cancel)
    {
        var study = db.Studies.Where(s => s.Id == studyId);
        var patients = await LockAsync(db, studyId, cancel);
        if (!PatientIdentity.AnyDiffer([.. patients.Select(p => p.Identity)]))
        {
            if (Leading(patients) is { } agreed)
                await study.ExecuteUpdateAsync(set => Name(set, agreed), cancel);
            return false;
        }

        var begins = await study.Where(s => !s.PatientConflict).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.PatientConflict, true).SetProperty(s => s.PatientId, (string?)null)
                .SetProperty(s => s.IssuerOfPatientId, (string?)null).SetProperty(s => s.AccessionNumber, (string?)null),
            cancel) == 1;
        if (begins)
            await ReopenAsync(db, studyId, cancel);
        return begins;
    }

    /// <summary>A person says whose study it is: images that name anybody else are ruled out, and all of the study is judged anew. In the
    /// caller's transaction.</summary>
    /// <returns>False when the study has no such patient.</returns>
    public static async Task<bool> ChoosePatientAsync(this GatewayDbContext db, Guid studyId, Guid studyPatientId, CancellationToken cancel)
    {
        await LockAsync(db, studyId, cancel);
        var all = await db.StudyPatients.AsNoTracking().Where(p => p.StudyId == studyId).ToListAsync(cancel);
        if (all.Find(p => p.Id == studyPatientId) is not { } chosen)
            return false;

        var kept = Agreeing(all, chosen).ConvertAll(p => p.Id);
        await db.StudyPatients.Where(p => p.StudyId == studyId)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.RuledOut, p => !kept.Contains(p.Id)), cancel);
        await db.FlagImagesAsync(studyId, cancel);
        await db.Studies.Where(s => s.Id == studyId).ExecuteUpdateAsync(
            set => Name(set, chosen).SetProperty(s => s.PatientConflict, false).SetProperty(s => s.AccessionNumber, chosen.AccessionNumber)
                .SetProperty(s => s.StudyDate, chosen.StudyDate).SetProperty(s => s.StudyTime, chosen.StudyTime)
                .SetProperty(s => s.TimezoneOffsetFromUtc, chosen.TimezoneOffsetFromUtc)
                .SetProperty(s => s.StudyDescription, chosen.StudyDescription),
            cancel);
        await ReopenAsync(db, studyId, cancel);
        return true;
    }

    /// <summary>Under one UID of a series, the image counts that came first of those whose patient is not ruled out; the others are
    /// flagged.</summary>
    public static Task FlagImagesAsync(this GatewayDbContext db, Guid studyId, CancellationToken cancel)
    {
        var ruledOut = db.StudyPatients.Where(p => p.StudyId == studyId && p.RuledOut).Select(p => (Guid?)p.Id);
        return db.Instances.Where(i => i.Series.StudyId == studyId).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Conflict, i => i.RejectedAs != null || ruledOut.Contains(i.StudyPatientId)
                || db.Instances.Any(other => other.SeriesId == i.SeriesId && other.SopInstanceUid == i.SopInstanceUid
                    && !ruledOut.Contains(other.StudyPatientId)
                    && (other.ReceivedAt < i.ReceivedAt || (other.ReceivedAt == i.ReceivedAt && other.Id < i.Id)))),
            cancel);
    }

    /// <summary>Locks the row of the study first, so that of two replicas with two new patients the second sees both.</summary>
    private static async Task<List<StudyPatient>> LockAsync(GatewayDbContext db, Guid studyId, CancellationToken cancel)
    {
        await db.LockStudiesAsync([studyId], cancel);
        return await db.StudyPatients.AsNoTracking().Where(p => p.StudyId == studyId && !p.RuledOut).ToListAsync(cancel);
    }

    /// <summary>Its completion, at once where nothing more comes, asks for the decisions.</summary>
    private static async Task ReopenAsync(GatewayDbContext db, Guid studyId, CancellationToken cancel)
    {
        await db.ReopenStudyAsync(studyId, cancel);
        var series = db.Series.Where(s => s.StudyId == studyId);
        await series.MoveAsync(db, SeriesEvent.PatientChanged, cancel);
        await db.TakeOutAsync(series, cancel);    // under whose pseudonym it is, nobody knows now
        await db.SettleStudiesAsync([studyId], cancel);
    }

    /// <summary>Those that are the same person as the chosen one. Where they do not agree among themselves, only those with its issuer.
    /// </summary>
    private static List<StudyPatient> Agreeing(List<StudyPatient> all, StudyPatient chosen)
    {
        var same = all.FindAll(p => !p.Identity.DiffersFrom(chosen.Identity));
        return PatientIdentity.AnyDiffer([.. same.Select(p => p.Identity)])
            ? same.FindAll(p => p.Id == chosen.Id)
            : same;
    }

    /// <summary>The fullest spelling, whatever came first.</summary>
    private static StudyPatient? Leading(List<StudyPatient> patients) =>
        patients.OrderByDescending(p => p.IssuerOfPatientId.Length > 0).ThenBy(p => p.Id).FirstOrDefault();

    private static UpdateSettersBuilder<Study> Name(UpdateSettersBuilder<Study> set, StudyPatient patient)
    {
        var (id, issuer) = (patient.PatientId.Length > 0 ? patient.PatientId : null, patient.IssuerOfPatientId.Length > 0
            ? patient.IssuerOfPatientId : null);
        return set.SetProperty(s => s.PatientId, id).SetProperty(s => s.IssuerOfPatientId, issuer);
    }
}
