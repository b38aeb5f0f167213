using Gateway.Contracts;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>What a start knows of the messages of its life before, on both databases.</summary>
public sealed class DoneMessagesTests
{
    private static readonly string Translate = typeof(TranslateSeries).FullName!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Only_what_was_sent_and_nobody_is_done_with_is_published_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var (done, lost, waiting) = (Add(db, sent: true), Add(db, sent: true), Add(db, sent: false));
        db.Inbox.Add(new() { MessageId = done, Consumer = "translate-series", DoneAt = TimeProvider.System.GetUtcNow() });
        await db.SaveChangesAsync(Cancel);

        Assert.Equal(1, await db.PublishAgainAsync([Translate], Cancel));

        db.ChangeTracker.Clear();
        var rows = await db.Outbox.ToDictionaryAsync(row => row.Id, Cancel);
        Assert.True(rows[done] is { SentAt: not null, DoneAt: not null });
        Assert.True(rows[lost] is { SentAt: null, DoneAt: null });
        Assert.True(rows[waiting] is { SentAt: null, DoneAt: null });
    }

    /// <summary>A backlog of a weekend must not come back as hundreds of copies of itself.</summary>
    [Theory, EachDatabase]
    public async Task What_stays_undone_is_published_again_after_twice_as_long_each_time(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var (id, start, again) = (Add(db, sent: true), TimeProvider.System.GetUtcNow(), new List<int>());
        await db.SaveChangesAsync(Cancel);
        await db.Outbox.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.SentAt, start).SetProperty(row => row.NotBefore, start), Cancel);

        for (var minute = 0; minute <= 360; minute += 5)
        {
            var now = start.AddMinutes(minute);
            if (await db.PublishLostAsync([Translate], now, TimeSpan.FromMinutes(10), Cancel) == 0)
                continue;
            again.Add(minute);
            await db.Outbox.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.SentAt, now), Cancel);
        }

        Assert.Equal([10, 20, 40, 80, 160, 320], again);
    }

    [Theory, EachDatabase]
    public async Task What_no_handler_here_takes_is_left_alone(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        Add(db, sent: true);
        await db.SaveChangesAsync(Cancel);

        Assert.Equal(0, await db.PublishAgainAsync([typeof(StudyReceived).FullName!], Cancel));
    }

    /// <summary>History is read once: whether it is long makes no difference to a start.</summary>
    [Theory, EachDatabase]
    public async Task What_is_done_is_noted_once_in_however_many_batches(DatabaseProvider provider)
    {
        const int Many = 2_500;
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < Many; i++)
            db.Inbox.Add(new() { MessageId = Add(db, sent: true), Consumer = "translate-series", DoneAt = now });
        await db.SaveChangesAsync(Cancel);

        Assert.Equal(Many, await db.NoteDoneAsync(Cancel));
        Assert.Equal(0, await db.NoteDoneAsync(Cancel));
        Assert.False(await db.Outbox.AnyAsync(row => row.DoneAt == null, Cancel));
    }

    private static Guid Add(GatewayDbContext db, bool sent)
    {
        var row = db.Enqueue(new TranslateSeries { SeriesId = Rows.NewId(), Revision = 1 }, TimeProvider.System);
        row.SentAt = sent ? row.CreatedAt : null;
        return row.Id;
    }
}
