using Gateway.Contracts.Reasons;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Persistence.Tests;

public class DatabaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory, EachDatabase]
    public async Task The_migrations_make_the_model(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();

        Assert.False(db.Database.HasPendingModelChanges(), "Run dotnet ef migrations add for both contexts.");
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task Replicas_that_start_together_migrate_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(database))));

        await using var db = database.Open();
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync(Cancel));
        Assert.Equal(0, await db.Studies.CountAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task A_database_of_the_first_version_is_brought_up_to_date_and_keeps_its_rows(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using (var old = database.Open())
        {
            await old.Database.MigrateAsync(old.Database.GetMigrations().First(), Cancel);
            await old.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO associations (id, calling_ae, called_ae, remote_address, opened_at, seen_at, outcome, announced, stored, failed)
                VALUES ('0195D5A2-0000-7000-8000-000000000001', 'CT1', 'GATEWAY', '10.0.0.1', {0}, {0}, 'Released', 1, 1, 0)
                """, [provider == DatabaseProvider.Sqlite ? Noon.UtcTicks : Noon], Cancel);
        }

        await MigrateAsync(database);

        await using var db = database.Open();
        Assert.Equal("CT1", (await db.Associations.SingleAsync(Cancel)).CallingAe);
        Assert.Equal(0, await db.Studies.CountAsync(study => study.ExpectedInstances != null, Cancel));
        Assert.Equal(0, await db.Releases.CountAsync(Cancel));
    }

    /// <summary>Before the column, the translator went by the DICOM modality of whatever eligibility had let pass.</summary>
    [Theory, EachDatabase]
    public async Task Series_from_before_it_was_stored_keep_the_direction_they_had(DatabaseProvider provider)
    {
        (string Origin, string State, string Modality, string? Direction)[] series =
        [
            ("Received", "Held", "MR", "t2-ct"), ("Received", "Queued", "CT", "ct-t2"), ("Derived", "Delivered", "CT", "t2-ct"),
            ("Derived", "Translated", "MR", "ct-t2"), ("Received", "Ineligible", "MR", null), ("Received", "Receiving", "CT", null),
        ];
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using (var old = database.Open())
        {
            await old.Database.MigrateAsync(
                old.Database.GetMigrations().TakeWhile(name => !name.EndsWith("_SeriesDirection", StringComparison.Ordinal)).Last(),
                Cancel);
            object noon = provider == DatabaseProvider.Sqlite ? Noon.UtcTicks : Noon;
            await old.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO studies (id, study_instance_uid, state, revision, completed_instances, first_received_at, last_received_at)
                VALUES ({0}, '2.25.1', 'Received', 1, 0, {1}, {1})
                """, [Id(0), noon], Cancel);
            for (var i = 0; i < series.Length; i++)
                await old.Database.ExecuteSqlRawAsync(
                    """
                    INSERT INTO series (id, study_id, series_instance_uid, origin, state, revision, modality, reasons, measures, created_at)
                    VALUES ({0}, {1}, {2}, {3}, {4}, 1, {5}, '[]', '{{}}', {6})
                    """, [Id(1 + i), Id(0), $"2.25.1.{i}", series[i].Origin, series[i].State, series[i].Modality, noon], Cancel);
        }

        await MigrateAsync(database);

        await using var db = database.Open();
        Assert.Equal(
            series.Select(one => one.Direction),
            await db.Series.OrderBy(s => s.SeriesInstanceUid).Select(s => s.Direction).ToListAsync(Cancel));
        Assert.All(await db.Series.ToListAsync(Cancel), one => Assert.Empty(one.SetAside));

        static Guid Id(int number) => new(number, 0, 0, new byte[8]);
    }

    /// <summary>Before imported heads, a sample was its series' own.</summary>
    [Theory, EachDatabase]
    public async Task Samples_from_before_heads_could_be_imported_keep_the_id_of_their_series(DatabaseProvider provider)
    {
        var (study, series) = (new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]));
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using (var old = database.Open())
        {
            await old.Database.MigrateAsync(
                old.Database.GetMigrations().TakeWhile(name => !name.EndsWith("_Learning", StringComparison.Ordinal)).Last(), Cancel);
            object noon = provider == DatabaseProvider.Sqlite ? Noon.UtcTicks : Noon;
            await old.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO studies (id, study_instance_uid, state, revision, completed_instances, first_received_at, last_received_at)
                VALUES ({0}, '2.25.1', 'Received', 1, 0, {2}, {2});
                INSERT INTO series (id, study_id, series_instance_uid, origin, state, revision, modality, reasons, measures, created_at)
                VALUES ({1}, {0}, '2.25.1.1', 'Received', 'Translated', 1, 'MR', '[]', '{{}}', {2});
                INSERT INTO archive_samples (series_id, revision, modality, grey_low, grey_high, row_spacing, column_spacing, slice_distance, slices,
                    centre, registration, measures, subject, subject_of_any_issuer, key_id, split, calling_ae, vendor, entered_on, sha256)
                VALUES ({1}, 1, 't2', 0, 900, 0.5, 0.5, 5, 5, 2, 'Linear', '{{"gateScore":0.5}}', 's', 'a', 'k', 'Test', 'MR1', 'Ge', {2}, 'f')
                """, [study, series, noon], Cancel);
        }

        await MigrateAsync(database);

        await using var db = database.Open();
        var sample = await db.ArchiveSamples.SingleAsync(Cancel);
        Assert.Equal(
            (series, "t2", 900.0, ArchiveSplit.Test, "f", 0.5),
            (sample.Id, sample.Modality, sample.GreyHigh, sample.Split, sample.Sha256, sample.Measures["gateScore"]));
        db.ArchiveSamples.Add(Rows.Sample(Rows.NewId(), "imported", "of no series"));
        await db.SaveChangesAsync(Cancel);
    }

    /// <summary>Before the column, every list worked it out from the series.</summary>
    [Theory, EachDatabase]
    public async Task Studies_from_before_it_was_stored_get_the_state_the_worklist_showed(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using (var old = database.Open())
        {
            await old.Database.MigrateAsync(
                old.Database.GetMigrations().TakeWhile(name => !name.EndsWith("_WorklistState", StringComparison.Ordinal)).Last(), Cancel);
            object noon = provider == DatabaseProvider.Sqlite ? Noon.UtcTicks : Noon;
            var random = new Random(10);
            for (var study = 1; study <= 200; study++)
            {
                await old.Database.ExecuteSqlRawAsync(
                    """
                    INSERT INTO studies (id, study_instance_uid, state, revision, completed_instances, first_received_at, last_received_at)
                    VALUES ({0}, {1}, {2}, 1, 0, {3}, {3})
                    """, [Id(study, 0), $"2.25.{study}", random.Next(20) == 0 ? "Receiving" : "Received", noon], Cancel);
                for (var series = random.Next(4); series > 0; series--)
                    await old.Database.ExecuteSqlRawAsync(
                        """
                        INSERT INTO series (id, study_id, series_instance_uid, origin, state, revision, reasons, measures, created_at)
                        VALUES ({0}, {1}, {2}, {3}, {4}, 1, '[]', '{{}}', {5})
                        """,
                        [Id(study, series), Id(study, 0), $"2.25.{study}.{series}", random.GetItems(["Received", "Derived"], 1)[0],
                            $"{random.GetItems(Enum.GetValues<SeriesState>(), 1)[0]}", noon], Cancel);
            }
        }

        await MigrateAsync(database);

        await using var db = database.Open();
        var studies = await db.Studies.AsNoTracking().Include(s => s.Series).ToListAsync(Cancel);
        Assert.All(studies, study => Assert.Equal(StudyLife.State.Compile()(study), study.WorklistState));
        Assert.Equal(Enum.GetValues<WorklistState>(), studies.Select(study => study.WorklistState).Distinct().Order());

        static Guid Id(int study, int series) => new(study, (short)series, 0, new byte[8]);
    }

    [Fact]
    public async Task A_migration_lock_left_by_a_killed_process_stops_nobody()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync(
            """CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL)""", Cancel);
        await db.Database.ExecuteSqlRawAsync(
            """INSERT OR REPLACE INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00')""", Cancel);

        await MigrateAsync(database).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
    }

    [Fact]
    public async Task Every_sqlite_connection_is_durable_and_patient()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var first = database.Open();
        await using var second = database.Open();

        foreach (var db in (GatewayDbContext[])[first, second])
        {
            await db.Database.OpenConnectionAsync(Cancel);
            Assert.Equal("wal", await PragmaAsync<string>(db, "journal_mode"));
            Assert.Equal(2, await PragmaAsync<long>(db, "synchronous")); // FULL
            Assert.Equal(30_000, await PragmaAsync<long>(db, "busy_timeout"));
        }
    }

    [Theory, EachDatabase]
    public async Task Instants_sort_and_compare_whatever_their_offset(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var early = Noon.ToOffset(TimeSpan.FromHours(9));
        var late = Noon.AddMilliseconds(1).ToOffset(TimeSpan.FromHours(-9));
        await SaveAsync(database, Rows.Study("1.2", late), Rows.Study("1.1", early));

        await using var db = database.Open();
        var sorted = await db.Studies.OrderBy(study => study.FirstReceivedAt).Select(study => study.StudyInstanceUid).ToListAsync(Cancel);
        var before = await db.Studies.SingleAsync(study => study.FirstReceivedAt < late, Cancel);

        Assert.Equal(["1.1", "1.2"], sorted);
        Assert.Equal(Noon, before.FirstReceivedAt);
        Assert.Equal(TimeSpan.Zero, before.FirstReceivedAt.Offset);
    }

    [Theory, EachDatabase]
    public async Task Reasons_and_measures_come_back_and_their_changes_are_seen(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = Rows.Study("1.3");
        var series = study.Series[0];
        series.Reasons.Add(ReasonCode.TooFewSlices.Because("3 slices, at least 8 are needed."));
        series.Measures["nccBefore"] = 0.25;
        await SaveAsync(database, study);

        await using (var db = database.Open())
        {
            var stored = await db.Series.SingleAsync(Cancel);
            stored.Reasons.Add(ReasonCode.NotHead.Because("And another."));
            stored.Measures["nccAfter"] = double.NaN;
            stored.ChosenSopInstanceUid = "1.3.1";
            await db.SaveChangesAsync(Cancel);
        }

        await using var again = database.Open();
        var read = await again.Series.SingleAsync(row => row.ChosenSopInstanceUid == "1.3.1", Cancel);
        Assert.Equal(
            [ReasonCode.TooFewSlices.Because("3 slices, at least 8 are needed."), ReasonCode.NotHead.Because("And another.")],
            read.Reasons);
        Assert.Equal((0.25, double.NaN), (read.Measures["nccBefore"], read.Measures["nccAfter"]));
        Assert.True(await again.Series.AnyAsync(row => row.Reasons.Any(reason => reason.Code == "not-head"), Cancel));
    }

    [Theory, EachDatabase]
    public async Task The_same_image_is_one_row_and_other_bytes_under_its_uid_another(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = Rows.Study("1.4");
        await SaveAsync(database, study);
        var series = study.Series[0].Id;

        await AddAsync(database, Rows.Instance(series, "1.4.1", "a"));
        await AddAsync(database, Rows.Instance(series, "1.4.1", "b"));
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => AddAsync(database, Rows.Instance(series, "1.4.1", "a")));
        var orphan = await Assert.ThrowsAsync<DbUpdateException>(() => AddAsync(database, Rows.Instance(Rows.NewId(), "1.4.2", "a")));

        Assert.True(refused.IsUniqueViolation());
        Assert.False(orphan.IsUniqueViolation());
    }

    [Theory, EachDatabase]
    public async Task A_second_study_with_the_same_uid_is_refused(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await SaveAsync(database, Rows.Study("1.5"));

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync(database, Rows.Study("1.5")));

        Assert.True(refused.IsUniqueViolation());
    }

    [Theory, EachDatabase]
    public async Task Two_writers_of_a_fhir_resource_do_not_overwrite_each_other(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await AddAsync(database, new FhirResource { Type = "ImagingStudy", ResourceId = "a", Version = 1, UpdatedAt = Noon, Json = "{}" });
        await using var first = database.Open();
        await using var second = database.Open();
        var (mine, theirs) = (await first.FhirResources.SingleAsync(Cancel), await second.FhirResources.SingleAsync(Cancel));
        (mine.Version, theirs.Version) = (2, 2);

        await first.SaveChangesAsync(Cancel);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync(Cancel));
    }

    private static Task MigrateAsync(TestDatabase database) =>
        new DatabaseMigration(database.Contexts, database.Data, NullLogger<DatabaseMigration>.Instance).StartingAsync(Cancel);

    private static async Task SaveAsync(TestDatabase database, params Study[] studies)
    {
        await using var db = database.Open();
        db.Studies.AddRange(studies);
        await db.SaveChangesAsync(Cancel);
    }

    private static async Task AddAsync(TestDatabase database, object row)
    {
        await using var db = database.Open();
        db.Add(row);
        await db.SaveChangesAsync(Cancel);
    }

    private static async Task<T> PragmaAsync<T>(GatewayDbContext db, string name)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
