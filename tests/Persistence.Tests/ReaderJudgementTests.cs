using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>What follows from a reader's verdict on a derived series.</summary>
public sealed class ReaderJudgementTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task What_a_reader_rejects_is_put_aside_and_its_source_leaves_the_archive(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider);

        Assert.Equal(JudgeResult.Recorded, await house.JudgeAsync(VerdictKind.Rejected, "Anna", "The skull is too thin.", "113037"));

        Assert.Equal((SeriesState.Ineligible, SeriesState.Superseded), await house.StatesAsync());
        await using var db = house.Database.Open();
        Assert.Equal("rejected-by-reader", Assert.Single((await db.Series.SingleAsync(s => s.Id == house.Source, Cancel)).Reasons).Code);
        Assert.Empty(await db.ArchiveSamples.ToListAsync(Cancel));
        Assert.Equal(WorklistState.Ineligible, (await db.Studies.SingleAsync(Cancel)).WorklistState);
        Assert.Equal(["ResultJudged"], await house.MessagesAsync());
        var kept = await db.ReaderVerdicts.SingleAsync(Cancel);
        Assert.Equal(("Anna", "The skull is too thin.", "113037"), (kept.By, kept.Why, kept.Title));
    }

    [Theory, EachDatabase]
    public async Task The_same_word_said_twice_is_kept_once_and_another_one_beside_it(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider);

        Assert.Equal(JudgeResult.Recorded, await house.JudgeAsync(VerdictKind.Commented, "Anna", "Noisy."));
        Assert.Equal(JudgeResult.Already, await house.JudgeAsync(VerdictKind.Commented, "Anna", "Noisy."));
        Assert.Equal(JudgeResult.Recorded, await house.JudgeAsync(VerdictKind.Accepted, "Anna", "Fits the real CT."));
        Assert.Equal(JudgeResult.Already, await house.JudgeAsync(VerdictKind.Accepted, "Anna", "Fits the real CT."));
        Assert.Equal(JudgeResult.Recorded, await house.JudgeAsync(VerdictKind.Accepted, "Ben", "Fits the real CT."));

        Assert.Equal((SeriesState.Delivered, SeriesState.Delivered), await house.StatesAsync());
        Assert.Equal(3, (await house.MessagesAsync()).Count);
        await using var db = house.Database.Open();
        Assert.Equal(3, await db.ReaderVerdicts.CountAsync(Cancel));
        Assert.Single(await db.ArchiveSamples.ToListAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task What_is_accepted_after_a_rejection_is_made_anew(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider);
        await house.JudgeAsync(VerdictKind.Rejected, "Anna", "Blurred.", "113001");
        Assert.Equal(JudgeResult.Recorded, await house.JudgeAsync(VerdictKind.Rejected, "Ben", "Blurred, yes.", "113001"));

        Assert.Equal(JudgeResult.Recorded, await house.JudgeAsync(VerdictKind.Accepted, "Anna", "It was the monitor."));

        Assert.Equal((SeriesState.Queued, SeriesState.Superseded), await house.StatesAsync());
        Assert.Contains("TranslateSeries", await house.MessagesAsync());
        await using var db = house.Database.Open();
        Assert.Empty((await db.Series.SingleAsync(s => s.Id == house.Source, Cancel)).Reasons);
    }

    [Theory, EachDatabase]
    public async Task A_result_that_does_not_count_any_more_takes_comments_only(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider);
        await using (var db = house.Database.Open())
            await db.Series.MoveAsync(db, SeriesEvent.SourceChanged, Cancel);

        Assert.Equal(JudgeResult.TookItsPlace, await house.JudgeAsync(VerdictKind.Rejected, "Anna", "Blurred.", "113001"));
        Assert.Equal(JudgeResult.TookItsPlace, await house.JudgeAsync(VerdictKind.Accepted, "Anna", "Well."));
        Assert.Equal(JudgeResult.Recorded, await house.JudgeAsync(VerdictKind.Commented, "Anna", "Well."));
        Assert.Equal(JudgeResult.NoSuchResult, await house.JudgeAsync(VerdictKind.Accepted, "Anna", "Well.", series: house.Source));
    }

    [Theory, EachDatabase]
    public async Task A_note_is_obeyed_once_also_after_the_result_was_accepted(DatabaseProvider provider)
    {
        await using var house = await House.CreateAsync(provider);

        Assert.Equal(JudgeResult.Recorded, await house.JudgeAsync(VerdictKind.Rejected, "Anna", "Blurred.", "113001", "2.25.1"));
        await house.JudgeAsync(VerdictKind.Accepted, "Anna", "It was the monitor.");
        Assert.Equal(JudgeResult.Already, await house.JudgeAsync(VerdictKind.Rejected, "Anna", "Blurred.", "113001", "2.25.1"));

        Assert.Equal((SeriesState.Queued, SeriesState.Superseded), await house.StatesAsync());
    }

    /// <summary>A received series whose result was delivered and that is in the archive.</summary>
    private sealed class House(TestDatabase database, Study study) : IAsyncDisposable
    {
        public TestDatabase Database => database;
        public Guid Source => study.Series[0].Id;
        public Guid Derived => study.Series[1].Id;

        public static async Task<House> CreateAsync(DatabaseProvider provider)
        {
            var database = await TestDatabase.CreateAsync(provider);
            var study = Rows.Study("2.25.7", state: SeriesState.Delivered);
            study.State = StudyState.Received;
            study.Series.Add(new()
            {
                Id = Rows.NewId(), StudyId = study.Id, SeriesInstanceUid = "2.25.8", Origin = SeriesOrigin.Derived, Direction = "t2-ct",
                State = SeriesState.Delivered, DerivedFromSeriesId = study.Series[0].Id, CreatedAt = Rows.Noon,
            });
            await using var db = database.Open();
            db.Studies.Add(study);
            db.ArchiveSamples.Add(Rows.Sample(study.Series[0].Id, new('a', 64), "subject"));
            await db.SaveChangesAsync(Cancel);
            return new(database, study);
        }

        public async Task<JudgeResult> JudgeAsync(
            VerdictKind kind, string by, string why, string? title = null, string? note = null, Guid? series = null)
        {
            await using var db = database.Open();
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            var result = await db.JudgeAsync(
                new()
                {
                    Id = Rows.NewId(), SeriesId = series ?? Derived, Kind = kind, At = TimeProvider.System.GetUtcNow(), By = by, Why = why,
                    Title = title, NoteUid = note,
                },
                TimeProvider.System, Cancel);
            await db.SaveChangesAsync(Cancel);
            await transaction.CommitAsync(Cancel);
            return result;
        }

        public async Task<(SeriesState Source, SeriesState Derived)> StatesAsync()
        {
            await using var db = database.Open();
            var states = await db.Series.ToDictionaryAsync(s => s.Id, s => s.State, Cancel);
            return (states[Source], states[Derived]);
        }

        public async Task<List<string>> MessagesAsync()
        {
            await using var db = database.Open();
            return (await db.Outbox.OrderBy(row => row.Id).Select(row => row.Type).ToListAsync(Cancel)).ConvertAll(t => t.Split('.')[^1]);
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
