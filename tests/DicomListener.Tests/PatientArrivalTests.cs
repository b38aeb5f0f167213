using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.DicomListener.Tests;

/// <summary>Images of one study that name more than one patient (docs/decisions/0010-one-patient-a-study.md).</summary>
public sealed class PatientArrivalTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_study_sent_again_under_another_patient_id_is_a_conflict_and_a_revision_of_its_own(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await SendAsync(database, "P1", 1, 2, 3);
        await MoveOnAsync(database);

        await SendAsync(database, "P2", 1, 2, 3);

        await using var db = database.Open();
        var study = await db.Studies.AsNoTracking().SingleAsync(Cancel);
        Assert.Equal((true, null, null, 2), (study.PatientConflict, study.PatientId, study.AccessionNumber, study.Revision));
        var series = await db.Series.Include(s => s.Instances).SingleAsync(Cancel);
        Assert.Equal((SeriesState.Received, 2), (series.State, series.Revision));
        Assert.Equal((3, 3), (series.Instances.Count(i => !i.Conflict), series.Instances.Count(i => i.Conflict)));

        await SendAsync(database, "P2", 1, 2, 3);
        Assert.Equal(2, (await db.Studies.AsNoTracking().SingleAsync(Cancel)).Revision);
    }

    [Theory, EachDatabase]
    public async Task A_late_image_of_somebody_else_has_all_of_the_study_judged_anew(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await SendAsync(database, "P1", 1, 2);
        await using (var db = database.Open())
            // of another series than the next
            await db.Series.ExecuteUpdateAsync(s => s.SetProperty(x => x.SeriesInstanceUid, "2.25.1"), Cancel);
        await MoveOnAsync(database);

        await SendAsync(database, "P2", 3);

        await using var after = database.Open();
        Assert.True((await after.Studies.SingleAsync(Cancel)).PatientConflict);
        Assert.Equal(
            [(SeriesState.Received, 2), (SeriesState.Received, 2)],
            await after.Series.Select(s => new ValueTuple<SeriesState, int>(s.State, s.Revision)).ToListAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task Images_of_one_patient_are_no_conflict_however_many_come(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await SendAsync(database, "P1", 1, 2);
        await SendAsync(database, "P1", 3);

        await using var db = database.Open();
        var study = await db.Studies.Include(s => s.Patients).SingleAsync(Cancel);
        Assert.Equal((false, "P1"), (study.PatientConflict, study.PatientId));
        var patient = Assert.Single(study.Patients);
        Assert.Equal(("P1", "Phantom^Head", "A77"), (patient.PatientId, patient.PatientName, patient.AccessionNumber));
        Assert.All(await db.Instances.ToListAsync(Cancel), i => Assert.Equal(patient.Id, i.StudyPatientId));
    }

    [Theory, EachDatabase]
    public async Task Replicas_that_take_in_two_patients_at_once_see_the_conflict(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var association = await arrivals.OpenAsync();
        await arrivals.StoreAsync(association, 1);

        await Task.WhenAll(Enumerable.Range(2, 6).Select(number => Task.Run(async () =>
        {
            await using var writer = new InstanceWriter(database.Contexts, arrivals.Objects);
            await writer.WriteAsync([Arrivals.Instance(association, number, _time.GetUtcNow(), $"P{number}")]);
        })));

        await using var db = database.Open();
        Assert.True((await db.Studies.SingleAsync(Cancel)).PatientConflict);
        Assert.Equal(7, await db.StudyPatients.CountAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task Images_of_a_patient_who_was_ruled_out_are_kept_and_do_not_count(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await SendAsync(database, "P1", 1, 2);
        await SendAsync(database, "P2", 3);
        await using (var db = database.Open())
        {
            var study = await db.Studies.SingleAsync(Cancel);
            await db.ChoosePatientAsync(
                study.Id, await db.StudyPatients.Where(p => p.PatientId == "P1").Select(p => p.Id).SingleAsync(Cancel), Cancel);
        }

        await SendAsync(database, "P2", 4);
        await SendAsync(database, "P1", 3);

        await using var after = database.Open();
        Assert.False((await after.Studies.SingleAsync(Cancel)).PatientConflict);
        Assert.Equal(
            [1, 2, 3], await after.Instances.Where(i => !i.Conflict).Select(i => i.InstanceNumber!.Value).Order().ToListAsync(Cancel));
        Assert.Equal([3, 4], await after.Instances.Where(i => i.Conflict).Select(i => i.InstanceNumber!.Value).Order().ToListAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task What_comes_back_from_an_archive_that_renamed_the_patient_is_no_conflict(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await SendAsync(database, "P1", 1);
        await using (var deriving = database.Open())
            await deriving.Database.ExecuteSqlAsync($"UPDATE series SET origin = 'Derived'", Cancel);

        await SendAsync(database, "P2", 1);

        await using var db = database.Open();
        Assert.False((await db.Studies.SingleAsync(Cancel)).PatientConflict);
        Assert.Equal(2, await db.Instances.CountAsync(Cancel));
    }

    /// <summary>On an association of its own, until the study is complete.</summary>
    private async Task SendAsync(TestDatabase database, string patient, params int[] instances)
    {
        var arrivals = new Arrivals(database, _time);
        var association = await arrivals.OpenAsync();
        await arrivals.StoreForAsync(association, patient, instances);
        await arrivals.CloseAsync(association, AssociationOutcome.Released);
        _time.Advance(TimeSpan.FromSeconds(6));
        await new StudyCompletion(
            database.Contexts, Options.Create(new DicomListenerOptions()), TestOutages.Of(_time), _time,
            NullLogger<StudyCompletion>.Instance).DecideAsync(Cancel);
    }

    private static async Task MoveOnAsync(TestDatabase database)
    {
        await using var db = database.Open();
        await db.Series.ExecuteUpdateAsync(s => s.SetProperty(x => x.State, SeriesState.Translated), Cancel);
    }
}
