using Gateway.Testing;

namespace Gateway.Persistence.Tests;

/// <summary>Which studies of two patients are one that came again, whole, after a correction
/// (docs/decisions/0027-a-study-sent-again-whole-is-corrected.md).</summary>
public sealed class PatientCorrectionTests
{
    private static readonly Guid First = new(1, 0, 0, new byte[8]);
    private static readonly Guid Second = new(2, 0, 0, new byte[8]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task All_images_again_under_another_patient_are_a_correction_of_each(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var found = await FindAsync(
            database, ("1", "P1", 0, First), ("2", "P1", 1, First), ("1", "P2", 60, Second), ("2", "P2", 61, Second),
            ("3", "P2", 62, Second));

        Assert.Equal(
            [("1", 0, 60), ("2", 1, 61)],
            found!.Copies.Select(pair => (pair.Before.SopInstanceUid, After(pair.Before), After(pair.Now))).Order());
    }

    [Theory, EachDatabase]
    public async Task An_image_that_has_not_come_again_leaves_it_to_a_person(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        Assert.Null(await FindAsync(database, ("1", "P1", 0, First), ("2", "P1", 1, First), ("1", "P2", 60, Second)));
    }

    [Theory, EachDatabase]
    public async Task Copies_that_came_beside_each_other_leave_it_to_a_person(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        Assert.Null(
            await FindAsync(database, ("1", "P1", 0, First), ("1", "P2", 1, Second), ("2", "P1", 2, First), ("2", "P2", 3, Second)));
    }

    [Theory, EachDatabase]
    public async Task Copies_on_the_association_that_brought_the_first_leave_it_to_a_person(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        Assert.Null(await FindAsync(database, ("1", "P1", 0, First), ("1", "P2", 60, First)));
    }

    [Theory, EachDatabase]
    public async Task Copies_without_a_patient_id_leave_it_to_a_person(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        Assert.Null(await FindAsync(database, ("1", "P1", 0, First), ("1", "", 60, Second)));
    }

    [Theory, EachDatabase]
    public async Task Where_a_person_has_chosen_a_person_chooses_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        Assert.Null(await FindAsync(database, "Anna", ("1", "P1", 0, First), ("1", "P2", 60, Second)));
        Assert.NotNull(await FindAsync(database, PatientChoice.ByTheStudy, ("1", "P1", 0, First), ("1", "P2", 60, Second)));
    }

    private static int After(Instance image) => (int)(image.ReceivedAt - Rows.Noon).TotalSeconds;

    private static Task<PatientCorrection?> FindAsync(
        TestDatabase database, params (string Uid, string Patient, int Seconds, Guid Association)[] images) =>
        FindAsync(database, null, images);

    /// <param name="chosenBy">Who chose the first image's patient before.</param>
    private static async Task<PatientCorrection?> FindAsync(
        TestDatabase database, string? chosenBy, params (string Uid, string Patient, int Seconds, Guid Association)[] images)
    {
        await using var db = database.Open();
        var study = new Study { Id = Rows.NewId(), StudyInstanceUid = $"2.25.{db.Studies.Count() + 1}", FirstReceivedAt = Rows.Noon };
        var series = new Series
        {
            Id = Rows.NewId(), StudyId = study.Id, SeriesInstanceUid = "2.25.8", Origin = SeriesOrigin.Received, CreatedAt = Rows.Noon,
        };
        study.Series.Add(series);
        foreach (var (uid, patient, seconds, association) in images)
        {
            var named = new PatientIdentity(patient, "", "NAME^" + patient, "", "");
            var id = StudyPatient.IdOf(study.Id, named);
            if (!study.Patients.Exists(p => p.Id == id))
                study.Patients.Add(new() { Id = id, StudyId = study.Id, PatientId = patient, PatientName = named.PatientName });
            series.Instances.Add(new()
            {
                Id = Rows.NewId(), SeriesId = series.Id, SopInstanceUid = uid, SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
                TransferSyntaxUid = "1.2.840.10008.1.2.1", Sha256 = $"{uid} {patient}", Bytes = 1,
                ReceivedAt = Rows.Noon.AddSeconds(seconds), Conflict = series.Instances.Exists(i => i.SopInstanceUid == uid),
                StudyPatientId = id, AssociationId = association,
            });
        }
        if (chosenBy is not null)
            study.PatientChoices.Add(new()
            {
                Id = Rows.NewId(), StudyId = study.Id, StudyPatientId = study.Patients[0].Id, Revision = 1, At = Rows.Noon, By = chosenBy,
                Why = "Looked.",
            });
        db.Studies.Add(study);
        await db.SaveChangesAsync(Cancel);
        return await PatientCorrection.FindAsync(db, study.Id, Cancel);
    }
}
