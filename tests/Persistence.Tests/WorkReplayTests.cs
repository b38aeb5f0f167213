using System.Text.Json;
using Gateway.Contracts;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>What replaying puts back, and what a filter names.</summary>
public sealed class WorkReplayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_parked_delivery_is_listed_once_and_replayed_sends_what_that_destination_did_not_take(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var derived = await DeliveringAsync(
            database, ("pacs", DeliveryState.Parked), ("pacs", DeliveryState.Delivered), ("mirror", DeliveryState.Parked));
        foreach (var _ in Enumerable.Range(0, 2))
            await SettleAsync(database, derived, "pacs");

        var done = Assert.Single(
            await new WorkReplays(database.Contexts, TimeProvider.System).ReplayAsync(
                new() { Destination = "pacs" }, "Anna", "It is back.", Cancel));

        Assert.Equal((nameof(DeliverSeries), derived, ReplayResult.Replayed), (done.Stage, done.SeriesId, done.Result));
        await using var db = database.Open();
        var series = await db.Series.SingleAsync(s => s.Id == derived, Cancel);
        Assert.Equal(SeriesState.Delivering, series.State);
        Assert.Empty(series.Reasons);
        Assert.Equal(
            [("mirror", DeliveryState.Parked, 20), ("pacs", DeliveryState.Pending, 0), ("pacs", DeliveryState.Delivered, 20)],
            (await db.Deliveries.ToListAsync(Cancel)).Select(d => (d.Destination, d.State, d.Attempts)).Order());
        Assert.Equal(
            new DeliverSeries { SeriesId = derived, Destination = "pacs" },
            JsonSerializer.Deserialize<DeliverSeries>((await db.Outbox.SingleAsync(Cancel)).Body, ContractTypes.Json));
    }

    [Theory, EachDatabase]
    public async Task A_filter_names_failures_by_study_stage_and_time(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = Rows.Study("1.2.7");
        await using (var db = database.Open())
        {
            db.Studies.Add(study);
            db.Failures.AddRange(Failure(0, study.Id), Failure(1, Rows.NewId()), Failure(2, Rows.NewId()));
            await db.SaveChangesAsync(Cancel);
        }
        var replays = new WorkReplays(database.Contexts, TimeProvider.System);

        Assert.Equal(1, await CountAsync(new() { Study = study.Id }));
        Assert.Equal(0, await CountAsync(new() { Study = study.Id })); // each is replayed once
        Assert.Equal(0, await CountAsync(new() { Stage = "TranslateSeries" }));
        Assert.Equal(
            1, await CountAsync(new() { Stage = "PublishImagingStudy", From = Rows.Noon.AddHours(1), To = Rows.Noon.AddHours(2) }));
        Assert.Equal(1, await CountAsync(new() { From = Rows.Noon }));

        async Task<int> CountAsync(ReplayFilter filter) =>
            (await replays.ReplayAsync(filter, "Anna", "Again.", Cancel)).Count(one => one.Result == ReplayResult.Replayed);
    }

    [Fact]
    public async Task A_message_of_another_version_stays_where_it_is()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using (var db = database.Open())
        {
            db.Failures.Add(Failure(0, Rows.NewId(), "Gateway.Contracts.NotYetKnown"));
            await db.SaveChangesAsync(Cancel);
        }

        var done = await new WorkReplays(database.Contexts, TimeProvider.System).ReplayAsync(
            new() { From = Rows.Noon }, "Anna", "Again.", Cancel);

        Assert.Equal(ReplayResult.Unreadable, Assert.Single(done).Result);
        await using var after = database.Open();
        Assert.Equal((0, null), (await after.Outbox.CountAsync(Cancel), (await after.Failures.SingleAsync(Cancel)).ReplayedAt));
    }

    private static Failure Failure(int hours, Guid study, string type = "Gateway.Contracts.PublishImagingStudy") => new()
    {
        Id = Rows.NewId(),
        MessageType = type,
        Body = JsonSerializer.Serialize(new PublishImagingStudy { StudyId = study }, ContractTypes.Json),
        StudyId = study,
        Code = "io",
        Text = "IOException.",
        At = Rows.Noon.AddHours(hours),
    };

    private static async Task<Guid> DeliveringAsync(TestDatabase database, params (string Destination, DeliveryState State)[] rows)
    {
        var study = Rows.Study("1.2.8", state: SeriesState.Translated);
        var derived = new Series
        {
            Id = Rows.NewId(),
            StudyId = study.Id,
            SeriesInstanceUid = "1.2.8.9",
            Origin = SeriesOrigin.Derived,
            State = SeriesState.Delivering,
            DerivedFromSeriesId = study.Series[0].Id,
            CreatedAt = Rows.Noon,
        };
        await using var db = database.Open();
        db.Studies.Add(study);
        db.Series.Add(derived);
        foreach (var ((destination, state), number) in rows.Select((row, number) => (row, number)))
        {
            var instance = Rows.Instance(derived.Id, $"1.2.8.9.{number}", $"{number}");
            db.Instances.Add(instance);
            db.Deliveries.Add(
                new()
                {
                    Id = Rows.NewId(),
                    InstanceId = instance.Id,
                    Destination = destination,
                    State = state,
                    Attempts = 20,
                    WaitingSince = Rows.Noon,
                });
        }
        await db.SaveChangesAsync(Cancel);
        return derived.Id;
    }

    private static async Task SettleAsync(TestDatabase database, Guid series, string destination)
    {
        await using var db = database.Open();
        await db.Database.BeginTransactionAsync(Cancel);
        await db.SettleDeliveryAsync(series, Cancel);
        await db.NoteParkedAsync(series, destination, TimeProvider.System, Cancel);
        await db.SaveHandledAsync(Cancel);
    }
}
