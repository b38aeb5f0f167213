using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>What becomes of a series of which a destination does not keep an image safe.</summary>
public sealed class CommitmentSettlementTests
{
    private const string Pacs = "pacs";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_failed_storage_commitment_fails_the_series_until_it_is_sent_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var series = await DeliveredAsync(database);

        await NoteAsync(database, kept: ["1"], refused: new() { ["2"] = 0x0112 });

        await using var db = database.Open();
        var (found, failure) = (await db.Series.SingleAsync(s => s.Id == series, Cancel), await db.Failures.SingleAsync(Cancel));
        Assert.Equal((SeriesState.Failed, "not-committed"), (found.State, found.Reasons.Single().Code));
        Assert.Equal((series, "not-committed"), (failure.SeriesId!.Value, failure.Code));
        Assert.Equal(WorklistState.Failed, (await db.Studies.SingleAsync(Cancel)).WorklistState);
        var rows = await db.Deliveries.Include(d => d.Instance).ToDictionaryAsync(d => d.Instance.SopInstanceUid, Cancel);
        Assert.Equal((DeliveryState.Delivered, true), (rows["1"].State, rows["1"].CommittedAt is not null));
        Assert.Equal((DeliveryState.Parked, 0x0112), (rows["2"].State, rows["2"].CommitmentFailure));

        await new WorkReplays(database.Contexts, TimeProvider.System).ReplayAsync(new(), "Anna", "Its disk was full.", Cancel);

        await using var after = database.Open();
        Assert.Equal(SeriesState.Delivering, (await after.Series.SingleAsync(s => s.Id == series, Cancel)).State);
        Assert.Equal("2", (await after.Waiting(series, Pacs).Include(d => d.Instance).SingleAsync(Cancel)).Instance.SopInstanceUid);
    }

    [Theory, EachDatabase]
    public async Task A_series_that_is_kept_safe_stays_delivered(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var series = await DeliveredAsync(database);

        await NoteAsync(database, kept: ["1", "2"], refused: []);

        await using var db = database.Open();
        Assert.Equal(SeriesState.Delivered, (await db.Series.SingleAsync(s => s.Id == series, Cancel)).State);
        Assert.Empty(await db.Failures.ToListAsync(Cancel));
    }

    private static async Task NoteAsync(TestDatabase database, HashSet<string> kept, Dictionary<string, int> refused)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        await db.NoteCommitmentAsync(
            await db.Deliveries.Include(d => d.Instance).ToListAsync(Cancel), kept, refused, Rows.Noon, Cancel);
        await transaction.CommitAsync(Cancel);
    }

    [Theory, EachDatabase]
    public async Task A_report_that_never_comes_is_missed_after_a_day_and_counts_when_it_comes_after_all(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await DeliveredAsync(database);
        await using var db = database.Open();
        await db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(row => row.CommitmentAskedAt, Rows.Noon), Cancel);

        Assert.Equal(0, await db.NoteMissedAsync(Rows.Noon + TimeSpan.FromHours(23), Cancel));
        Assert.Equal(2, await db.NoteMissedAsync(Rows.Noon + MissedCommitments.Limit, Cancel));
        Assert.Equal(0, await db.NoteMissedAsync(Rows.Noon + MissedCommitments.Limit, Cancel));
        Assert.Equal(2, Assert.Single(await WaitingDeliveries.ReadAsync(db, Cancel)).NotKept);

        await NoteAsync(database, kept: ["1", "2"], refused: []);

        Assert.Empty(await WaitingDeliveries.ReadAsync(db, Cancel));
    }

    /// <summary>A derived series of two images that one destination has.</summary>
    private static async Task<Guid> DeliveredAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var study = Rows.Study("2.25.7", state: SeriesState.Delivered);
        study.State = StudyState.Received;
        var made = new Series
        {
            Id = Rows.NewId(), StudyId = study.Id, SeriesInstanceUid = "2.25.8", Origin = SeriesOrigin.Derived,
            State = SeriesState.Delivered, DerivedFromSeriesId = study.Series[0].Id, CreatedAt = Rows.Noon,
        };
        study.Series.Add(made);
        foreach (var uid in new[] { "1", "2" })
        {
            made.Instances.Add(new()
            {
                Id = Rows.NewId(), SeriesId = made.Id, SopInstanceUid = uid, SopClassUid = "1.2.840.10008.5.1.4.1.1.2",
                TransferSyntaxUid = "1.2.840.10008.1.2.1", Sha256 = uid, Bytes = 1, ReceivedAt = Rows.Noon,
            });
            var row = Delivery.Planned(made.Instances[^1].Id, Pacs, Rows.Noon);
            (row.State, row.CommitmentTransactionUid) = (DeliveryState.Delivered, "2.25.9");
            db.Deliveries.Add(row);
        }
        db.Studies.Add(study);
        await db.SaveChangesAsync(Cancel);
        return made.Id;
    }
}
