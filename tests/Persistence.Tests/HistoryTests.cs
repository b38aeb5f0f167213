using Gateway.Contracts;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Persistence.Tests;

/// <summary>What is old and done goes; what is work, or says whose an image is, stays, on both databases.</summary>
public sealed class HistoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Old = Now - TimeSpan.FromDays(400);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_dry_run_counts_and_a_run_deletes_only_what_is_old_and_done(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await FillAsync(database);
        var quarantined = Path.Combine(database.Data.Quarantine, "old.dcm");
        await File.WriteAllTextAsync(quarantined, "", Cancel);
        File.SetLastWriteTimeUtc(quarantined, Old.UtcDateTime);
        var history = new History(database.Contexts, database.Data, Options.Create(new RetentionOptions()), new FakeTimeProvider(Now));
        await using (var db = database.Open())
            await db.NoteDoneAsync(Cancel);

        var told = await history.DeleteAsync(dryRun: true, Cancel);
        Assert.True(File.Exists(quarantined));
        var done = await history.DeleteAsync(dryRun: false, Cancel);

        Assert.Equal(told, done);
        Assert.Equal(
            [("associations", 1), ("commitments", 0), ("copies", 0), ("failures", 1), ("messages", 1), ("quarantine", 1), ("refusals", 1)],
            done.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.False(File.Exists(quarantined));
        await using var left = database.Open();
        Assert.Equal((2, 1), (await left.Outbox.CountAsync(Cancel), await left.Inbox.CountAsync(Cancel)));
        Assert.Equal((2, 1, 1), (
            await left.Associations.CountAsync(Cancel), await left.Failures.CountAsync(Cancel), await left.Refusals.CountAsync(Cancel)));
    }

    /// <summary>Of each kind one that is old and done, and what must stay beside it.</summary>
    private static async Task FillAsync(TestDatabase database)
    {
        await using var db = database.Open();
        Add(db, Old, done: true);
        Add(db, Now, done: true);
        Add(db, Old, done: false);
        var (study, brought) = (Rows.Study("2.25.1"), Association(Old, AssociationOutcome.Released));
        db.Studies.Add(study);
        db.Instances.Add(new()
        {
            Id = Rows.NewId(), SeriesId = study.Series[0].Id, SopInstanceUid = "2.25.2", SopClassUid = "1.2", TransferSyntaxUid = "1.2",
            Sha256 = new('0', 64), Bytes = 1, ReceivedAt = Old, AssociationId = brought.Id,
        });
        db.Associations.AddRange(brought, Association(Old, AssociationOutcome.Aborted), Association(Old, AssociationOutcome.Open));
        db.Failures.AddRange(Failure(replayed: Old), Failure(replayed: null));
        db.Refusals.AddRange(Refusal(Old), Refusal(Now));
        await db.SaveChangesAsync(Cancel);
    }

    private static void Add(GatewayDbContext db, DateTimeOffset at, bool done)
    {
        var row = db.Enqueue(new TranslateSeries { SeriesId = Rows.NewId(), Revision = 1 }, new FakeTimeProvider(at));
        row.SentAt = at;
        if (done)
            db.Inbox.Add(new() { MessageId = row.Id, Consumer = "translate-series", DoneAt = at });
    }

    private static Association Association(DateTimeOffset at, AssociationOutcome outcome) => new()
    {
        Id = Rows.NewId(), CallingAe = "SCANNER", CalledAe = "GATEWAY", RemoteAddress = "127.0.0.1", OpenedAt = at, SeenAt = at,
        ClosedAt = outcome == AssociationOutcome.Open ? null : at, Outcome = outcome,
    };

    private static Failure Failure(DateTimeOffset? replayed) => new()
    {
        Id = Rows.NewId(), MessageType = "m", Body = "{}", Code = "c", Text = "t", At = Old, ReplayedAt = replayed,
    };

    private static Refusal Refusal(DateTimeOffset at) => new()
    {
        Id = Rows.NewId(), At = at, CallingAe = "A", CalledAe = "B", RemoteAddress = "127.0.0.1", Code = "c", Text = "t",
    };
}
