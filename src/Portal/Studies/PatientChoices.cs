using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>A person's word on whose study it is: recorded, and the study judged anew, in one transaction.</summary>
internal sealed partial class PatientChoices(
    IDbContextFactory<GatewayDbContext> databases, TimeProvider time, ILogger<PatientChoices> logger)
{
    public async Task<PatientChoiceResult> ChooseAsync(Guid studyId, PatientRequest wish, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var study = await db.Studies.AsNoTracking().Include(s => s.Patients).SingleOrDefaultAsync(s => s.Id == studyId, cancel);
        if (study?.Patients.Find(p => p.Id == wish.Patient) is not { } chosen)
            return PatientChoiceResult.NoSuchPatient;
        if (!study.PatientConflict && !chosen.RuledOut)
            return PatientChoiceResult.NothingToChoose;
        var persons = StudyPerson.Group(study.Patients).Count;
        if (wish.Of is { } shown && shown != persons)
            return PatientChoiceResult.OthersCame;
        await db.ChoosePatientAsync(studyId, wish.Patient, cancel);

        db.PatientChoices.Add(new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            StudyId = studyId,
            StudyPatientId = wish.Patient,
            Revision = study.Revision,
            At = time.GetUtcNow(),
            By = wish.By,
            Why = wish.Why,
        });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogChosen(studyId, persons);
        return PatientChoiceResult.Chosen;
    }

    [LoggerMessage(
        EventId = 5003, Level = LogLevel.Warning,
        Message = "Study {StudyId}: a person chose one of {Count} patients; the others' images are ruled out")]
    private partial void LogChosen(Guid studyId, int count);
}
