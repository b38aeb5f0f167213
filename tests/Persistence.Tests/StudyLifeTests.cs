using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>The state of a study that the worklist shows is stored: it must be what follows from its series, whatever happens.</summary>
public sealed class StudyLifeTests
{
    private const int Studies = 6;
    private static readonly Func<Study, WorklistState> Due = StudyLife.State.Compile();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task After_any_course_of_events_the_stored_state_is_the_one_that_follows(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (random, seen) = (new Random(1), new HashSet<WorklistState>());
        await using (var db = database.Open())
        {
            db.Studies.AddRange(Enumerable.Range(0, Studies).Select(i => Rows.Study($"2.25.{i}")));
            await db.SaveChangesAsync(Cancel);
        }

        for (var step = 0; step < 300; step++)
        {
            await using var db = database.Open();
            var did = await StepAsync(db, random);
            foreach (var study in await database.Open().Studies.AsNoTracking().Include(s => s.Series).ToListAsync(Cancel))
            {
                Assert.True(Due(study) == study.WorklistState, $"{study.WorklistState} instead of {Due(study)} after step {step}, {did}");
                seen.Add(study.WorklistState);
            }
        }
        Assert.Equal(Enum.GetValues<WorklistState>(), seen.Order());
    }

    [Theory, EachDatabase]
    public async Task A_transaction_that_is_undone_leaves_it_as_it_was(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var study = await AddAsync(db, SeriesState.Queued);

        await using (await db.Database.BeginTransactionAsync(Cancel))
            await db.Series.MoveAsync(db, SeriesEvent.TranslationGivenUp, Cancel);

        Assert.Equal(WorklistState.Received, await StateAsync(db, study));
    }

    /// <summary>Each transaction sees the other's series as it was before; the later one must look again.</summary>
    [Fact]
    public async Task Two_series_of_a_study_that_move_at_the_same_moment_both_count()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres);
        await using var db = database.Open();
        var study = await AddAsync(db, SeriesState.Translating, SeriesState.Translating);
        var series = await db.Series.Select(s => s.Id).ToListAsync(Cancel);

        await using var first = await db.Database.BeginTransactionAsync(Cancel);
        await db.Series.Where(s => s.Id == series[0]).MoveAsync(db, SeriesEvent.NotTranslatable, Cancel);
        var second = MoveAsync(database, series[1], SeriesEvent.NotTranslatable);
        await WaitsAsync(database, second);
        await first.CommitAsync(Cancel);
        await second;

        Assert.Equal(WorklistState.Ineligible, await StateAsync(db, study));
    }

    /// <summary>The listener writes the study first and then the series.</summary>
    [Fact]
    public async Task An_image_that_comes_while_its_series_moves_never_ends_in_a_deadlock()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres);
        await using var db = database.Open();
        var study = await AddAsync(db, SeriesState.Translating);
        var series = await db.Series.Select(s => s.Id).SingleAsync(Cancel);

        await using var arrival = await db.Database.BeginTransactionAsync(Cancel);
        await db.Database.ExecuteSqlRawAsync("UPDATE studies SET " + StudyLife.ReceivingAgain, Cancel);
        var move = MoveAsync(database, series, SeriesEvent.TranslationGivenUp);
        await WaitsAsync(database, move);
        await db.Database.ExecuteSqlRawAsync(SeriesMove.Statement(SeriesEvent.ImageStored, "{0}"), [series], Cancel);
        await arrival.CommitAsync(Cancel);

        Assert.Equal(0, await move);
        Assert.Equal(WorklistState.Receiving, await StateAsync(db, study));
    }

    /// <summary>One thing that the product does to a study.</summary>
    private static async Task<string> StepAsync(GatewayDbContext db, Random random)
    {
        var study = await db.Studies.Include(s => s.Series).AsNoTracking().OrderBy(s => s.StudyInstanceUid).Skip(random.Next(Studies))
            .FirstAsync(Cancel);
        switch (random.Next(12))
        {
            case 0:
                await db.Database.ExecuteSqlRawAsync(
                    "UPDATE studies SET " + StudyLife.ReceivingAgain + " WHERE id = {0}", [study.Id], Cancel);
                var received = study.Series.Single(s => s.Origin == SeriesOrigin.Received).Id;
                await db.Database.ExecuteSqlRawAsync(SeriesMove.Statement(SeriesEvent.ImageStored, "{0}"), [received], Cancel);
                return "an image stored";
            case 1 when study.Series.Count < 4:
                db.Series.Add(Derived(study));
                await db.SaveChangesAsync(Cancel);
                return "a series derived";
            case < 5 when study.State == StudyState.Receiving:
                db.Attach(study).Entity.State = StudyState.Received;
                await db.SaveChangesAsync(Cancel);
                await db.Series.Where(s => s.StudyId == study.Id).MoveAsync(db, SeriesEvent.StudyCompleted, Cancel);
                return "the study completed";
            default:
                // By what is the same in every run, as ids are not.
                var series = study.Series.OrderBy(s => s.SeriesInstanceUid, StringComparer.Ordinal)
                    .ElementAt(random.Next(study.Series.Count));
                var happened = Enum.GetValues<SeriesEvent>().Where(e => IsLikely(e, series, random)).OrderBy(_ => random.Next())
                    .FirstOrDefault();
                await db.Series.Where(s => s.Id == series.Id).MoveAsync(db, happened, Cancel);
                return $"{happened}";
        }
    }

    /// <summary>Mostly what moves something, and not failures and ends alone, since a failed series is all that a study then
    /// shows.</summary>
    private static bool IsLikely(SeriesEvent happened, Series series, Random random) => SeriesLife.Next(
        series.Origin, series.State, happened) switch
    {
        null => random.Next(20) == 0,
        SeriesState.Failed or SeriesState.Superseded => random.Next(4) == 0,
        _ => happened is not (SeriesEvent.ImageStored or SeriesEvent.PatientChanged),
    };

    private static Series Derived(Study study) => new()
    {
        Id = Rows.NewId(),
        StudyId = study.Id,
        SeriesInstanceUid = $"{study.StudyInstanceUid}.{study.Series.Count}",
        Origin = SeriesOrigin.Derived,
        State = SeriesState.Translated,
        CreatedAt = Rows.Noon,
    };

    private static async Task<Guid> AddAsync(GatewayDbContext db, params SeriesState[] states)
    {
        var study = Rows.Study("2.25.1", state: states[0]);
        study.State = StudyState.Received;
        study.Series.AddRange(states.Skip(1).Select((state, i) => new Series
        {
            Id = Rows.NewId(),
            StudyId = study.Id,
            SeriesInstanceUid = $"2.25.1.{i + 1}",
            Origin = SeriesOrigin.Received,
            State = state,
            CreatedAt = Rows.Noon,
        }));
        db.Studies.Add(study);
        await db.SaveChangesAsync(Cancel);
        db.ChangeTracker.Clear();
        return study.Id;
    }

    private static async Task<int> MoveAsync(TestDatabase database, Guid series, SeriesEvent happened)
    {
        await using var db = database.Open();
        return await db.Series.Where(s => s.Id == series).MoveAsync(db, happened, Cancel);
    }

    private static async Task WaitsAsync(TestDatabase database, Task task)
    {
        await using var db = database.Open();
        await Eventually.TrueAsync(
            async () => task.IsCompleted || await db.Database.SqlQuery<int>(
                $"""SELECT count(*)::int AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'""")
                .SingleAsync(Cancel) > 0,
            "the second transaction waits for the first");
        Assert.False(task.IsCompleted);
    }

    private static Task<WorklistState> StateAsync(GatewayDbContext db, Guid study) =>
        db.Studies.Where(s => s.Id == study).Select(s => s.WorklistState).SingleAsync(Cancel);
}
