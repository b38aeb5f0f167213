using System.Diagnostics.Metrics;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Looks, before the series of a study are judged, whether it is one patient's, and tells people when it is not.</summary>
public sealed partial class PatientWatch(IMeterFactory meters, ILogger<PatientWatch> logger)
{
    private readonly Counter<long> _conflicts = meters.Create("Gateway.TranslationWorker").CreateCounter<long>(
        "gateway_patient_conflicts_total", null, "Revisions of studies whose images name more than one patient.");

    /// <summary>Rules out what came while a person chose the patient. Committed at once.</summary>
    public async Task LookAsync(Guid studyId, GatewayDbContext db, CancellationToken cancel)
    {
        if (await db.StudyPatients.AnyAsync(p => p.StudyId == studyId && p.RuledOut, cancel))
            await db.FlagImagesAsync(studyId, cancel);
        if (!await db.Studies.AnyAsync(s => s.Id == studyId && s.PatientConflict, cancel))
            return;
        _conflicts.Add(1);
        LogConflict(studyId);
    }

    [LoggerMessage(
        EventId = 2007, Level = LogLevel.Warning,
        Message = "Study {StudyId}: its images name more than one patient; held until a person chooses")]
    private partial void LogConflict(Guid studyId);
}
