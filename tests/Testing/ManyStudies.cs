using System.Globalization;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Testing;

/// <summary>A hospital's worth of studies, written by the database itself: one a minute, newest last, three received series each and, where
/// it was translated, a derived one. Every state of the worklist is among them; most studies are delivered or ineligible, one in 200
/// failed.</summary>
public static class ManyStudies
{
    public static readonly DateTimeOffset First = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Study Instance UID of a study by its number from 1.</summary>
    public static string Uid(int number) => $"2.25.{number}";

    /// <summary>When its first image came.</summary>
    public static DateTimeOffset At(int number) => First.AddMinutes(number);

    /// <summary>Into an empty database; the planner's statistics are brought up to date.</summary>
    public static async Task AddAsync(GatewayDbContext db, int count)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        var sql = db.Database.IsNpgsql() ? new Postgres() : (Dialect)new Sqlite();
        var numbers = sql.Numbers(count);
        await db.Database.ExecuteSqlRawAsync(Studies(sql, numbers));
        await db.Database.ExecuteSqlRawAsync(Series(sql, numbers, 1, "CASE WHEN i % 200 = 1 THEN 'Receiving' ELSE 'Ineligible' END"));
        await db.Database.ExecuteSqlRawAsync(Series(sql, numbers, 2, "'Ineligible'"));
        await db.Database.ExecuteSqlRawAsync(Series(
            sql, numbers, 3,
            "CASE WHEN i % 200 = 2 THEN 'Failed' WHEN i % 200 = 3 THEN 'Held' WHEN i % 200 = 4 THEN 'Queued' WHEN i % 3 = 0 THEN 'Ineligible' ELSE 'Translated' END"));
        await db.Database.ExecuteSqlRawAsync(Series(
            sql, $"{numbers} WHERE i % 3 <> 0 AND i % 200 > 4", 4,
            "CASE WHEN i % 20 = 5 THEN 'Translated' ELSE 'Delivered' END", "Derived"));
        await db.Studies.ExecuteUpdateAsync(set => set.SetProperty(study => study.WorklistState, StudyLife.State));
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private static string Studies(Dialect sql, string numbers) =>
        $"""
        INSERT INTO studies (id, study_instance_uid, state, worklist_state, revision, completed_instances, first_received_at, last_received_at, patient_id)
        SELECT {sql.Id(0)}, '2.25.' || i, CASE WHEN i % 200 = 1 THEN 'Receiving' ELSE 'Received' END, 'Receiving', 1, 72, {sql.At()}, {sql.At()}, i
        FROM {numbers}
        """;

    private static string Series(Dialect sql, string numbers, int number, string state, string origin = "Received") =>
        $"""
        INSERT INTO series (id, study_id, series_instance_uid, origin, state, revision, modality, reasons, measures, created_at)
        SELECT {sql.Id(number)}, {sql.Id(0)}, '2.25.' || i || '.{number}', '{origin}', {state}, 1, 'MR', '[]', '{"{{}}"}', {sql.At()} FROM {numbers}
        """;

    private abstract class Dialect
    {
        /// <summary>A table of the numbers from 1 as <c>i</c>.</summary>
        public abstract string Numbers(int count);

        /// <summary>An id of study <c>i</c> or of one of its series.</summary>
        public abstract string Id(int kind);

        /// <summary><see cref="ManyStudies.At"/> of study <c>i</c>.</summary>
        public abstract string At();
    }

    private sealed class Postgres : Dialect
    {
        public override string Numbers(int count) => $"generate_series(1, {count}) i";
        public override string Id(int kind) => $"('0000000{kind}-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid";
        public override string At() => $"'{First:yyyy-MM-dd}Z'::timestamptz + i * interval '1 minute'";
    }

    private sealed class Sqlite : Dialect
    {
        public override string Numbers(int count) =>
            $"(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n)";
        public override string Id(int kind) => $"printf('0000000{kind}-0000-7000-8000-%012X', i)";
        public override string At() => string.Create(CultureInfo.InvariantCulture, $"{First.UtcTicks} + i * {TimeSpan.TicksPerMinute}");
    }
}
