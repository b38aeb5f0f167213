using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>Whose study it is, as its rows say it.</summary>
public sealed class StudyPatientsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Spellings_of_one_patient_leave_the_study_as_it_is(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = await StudyAsync(database, ("P1", "DOE^JOHN"), ("P1", "Doe^John"));

        await using var db = database.Open();
        Assert.False(await db.NotePatientsAsync(study, Cancel));

        Assert.Equal((false, "P1", StudyState.Received), await ReadAsync(database, study));
    }

    [Theory, EachDatabase]
    public async Task Two_patients_are_a_conflict_once_and_nobodys_study(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = await StudyAsync(database, ("P1", "DOE^JOHN"), ("P2", "ROE^ANNA"));

        await using var db = database.Open();
        db.ArchiveSamples.Add(Rows.Sample((await db.Series.FirstAsync(s => s.StudyId == study, Cancel)).Id, new('a', 64), "subject"));
        await db.SaveChangesAsync(Cancel);
        Assert.True(await db.NotePatientsAsync(study, Cancel));
        Assert.Empty(await db.ArchiveSamples.AsNoTracking().ToListAsync(Cancel));
        Assert.False(await db.NotePatientsAsync(study, Cancel));

        Assert.Equal((true, null, StudyState.Receiving), await ReadAsync(database, study));
        Assert.Null((await db.Studies.AsNoTracking().SingleAsync(Cancel)).AccessionNumber);
        Assert.Equal([SeriesState.Receiving, SeriesState.Receiving], await StatesAsync(database));
    }

    [Theory, EachDatabase]
    public async Task Who_is_chosen_has_the_study_and_everybody_elses_images_are_flagged(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = await StudyAsync(database, ("P1", "DOE^JOHN"), ("P2", "ROE^ANNA"));
        await using var db = database.Open();
        await db.NotePatientsAsync(study, Cancel);

        foreach (var (chosen, other) in new[] { ("P2", "P1"), ("P1", "P2") })
        {
            Assert.True(await db.ChoosePatientAsync(study, await IdAsync(db, chosen), Cancel));

            Assert.Equal((false, chosen, StudyState.Receiving), await ReadAsync(database, study));
            Assert.Equal($"ACC-{chosen}", (await db.Studies.AsNoTracking().SingleAsync(Cancel)).AccessionNumber);
            Assert.False(await db.NotePatientsAsync(study, Cancel));
            Assert.Equal([$"{chosen} counts", $"{other} kept"], await ImagesAsync(db));
        }
    }

    [Theory, EachDatabase]
    public async Task Of_copies_under_one_uid_the_first_of_the_chosen_patient_counts(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = await StudyAsync(database, ("P1", "DOE^JOHN"), ("P2", "ROE^ANNA"));
        await using var db = database.Open();
        var series = await db.Series.OrderBy(s => s.SeriesInstanceUid).Select(s => s.Id).FirstAsync(Cancel);
        foreach (var (content, patient, seconds) in new[] { ("old", "P1", 1), ("new", "P2", 2), ("newer", "P2", 3) })
            db.Instances.Add(
                Image(series, "copied", content, await IdAsync(db, patient), Rows.Noon.AddSeconds(seconds), conflict: content != "old"));
        await db.SaveChangesAsync(Cancel);
        await db.NotePatientsAsync(study, Cancel);

        foreach (var (chosen, counts) in new[] { ("P2", "new"), ("P1", "old") })
        {
            await db.ChoosePatientAsync(study, await IdAsync(db, chosen), Cancel);
            Assert.Equal(
                [counts], await db.Instances.Where(i => i.SopInstanceUid == "copied" && !i.Conflict).Select(i => i.Sha256)
                    .ToListAsync(Cancel));
        }
    }

    [Theory, EachDatabase]
    public async Task A_third_patient_after_the_choice_is_a_conflict_again_and_one_ruled_out_is_not(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = await StudyAsync(database, ("P1", "DOE^JOHN"), ("P2", "ROE^ANNA"));
        await using var db = database.Open();
        await db.NotePatientsAsync(study, Cancel);
        await db.ChoosePatientAsync(study, await IdAsync(db, "P1"), Cancel);

        db.StudyPatients.Add(Patient(study, "P1", "Doe^J"));
        await db.SaveChangesAsync(Cancel);
        Assert.False(await db.NotePatientsAsync(study, Cancel));
        db.StudyPatients.Add(Patient(study, "P3", "POE^EDGAR"));
        await db.SaveChangesAsync(Cancel);
        Assert.True(await db.NotePatientsAsync(study, Cancel));

        Assert.True((await ReadAsync(database, study)).Conflict);
    }

    [Theory, EachDatabase]
    public async Task Nobody_can_be_chosen_whom_no_image_names(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = await StudyAsync(database, ("P1", "DOE^JOHN"), ("P2", "ROE^ANNA"));
        await using var db = database.Open();
        await db.NotePatientsAsync(study, Cancel);

        Assert.False(await db.ChoosePatientAsync(study, Rows.NewId(), Cancel));

        Assert.True((await ReadAsync(database, study)).Conflict);
    }

    /// <summary>A complete study with a series of one image for each patient; the first one's, so far.</summary>
    private static async Task<Guid> StudyAsync(TestDatabase database, params (string Id, string Name)[] patients)
    {
        await using var db = database.Open();
        var study = new Study
        {
            Id = Rows.NewId(), StudyInstanceUid = "2.25.7", State = StudyState.Received, Revision = 1, FirstReceivedAt = Rows.Noon,
            LastReceivedAt = Rows.Noon,
            PatientId = patients[0].Id, AccessionNumber = "ACC-" + patients[0].Id,
        };
        foreach (var (id, name) in patients)
        {
            var patient = Patient(study.Id, id, name);
            study.Patients.Add(patient);
            study.Series.Add(new()
            {
                Id = Rows.NewId(), StudyId = study.Id, SeriesInstanceUid = $"2.25.7.{study.Series.Count}", Origin = SeriesOrigin.Received,
                State = SeriesState.Translated, Revision = 1, CreatedAt = Rows.Noon,
            });
            study.Series[^1].Instances.Add(Image(study.Series[^1].Id, id, $"{id}/{name}", patient.Id, Rows.Noon));
        }
        db.Studies.Add(study);
        await db.SaveChangesAsync(Cancel);
        return study.Id;
    }

    private static StudyPatient Patient(Guid study, string id, string name)
    {
        var identity = new PatientIdentity(id, "", name, "", "");
        return new()
        {
            Id = StudyPatient.IdOf(study, identity),
            StudyId = study,
            PatientId = id,
            PatientName = name,
            AccessionNumber = "ACC-" + id,
        };
    }

    private static Instance Image(Guid series, string uid, string content, Guid patient, DateTimeOffset at, bool conflict = false) => new()
    {
        Id = Rows.NewId(),
        SeriesId = series,
        SopInstanceUid = uid,
        SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
        TransferSyntaxUid = "1.2.840.10008.1.2.1",
        Sha256 = content,
        Bytes = 1,
        ReceivedAt = at,
        Conflict = conflict,
        StudyPatientId = patient,
    };

    private static Task<Guid> IdAsync(GatewayDbContext db, string patientId) =>
        db.StudyPatients.Where(p => p.PatientId == patientId).Select(p => p.Id).FirstAsync(Cancel);

    private static Task<List<string>> ImagesAsync(GatewayDbContext db) => db.Instances.OrderBy(i => i.Conflict)
        .Select(i => i.SopInstanceUid + (i.Conflict ? " kept" : " counts")).ToListAsync(Cancel);

    private static async Task<List<SeriesState>> StatesAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Series.Select(s => s.State).ToListAsync(Cancel);
    }

    private static async Task<(bool Conflict, string? PatientId, StudyState State)> ReadAsync(TestDatabase database, Guid id)
    {
        await using var db = database.Open();
        var study = await db.Studies.SingleAsync(s => s.Id == id, Cancel);
        return (study.PatientConflict, study.PatientId, study.State);
    }
}
