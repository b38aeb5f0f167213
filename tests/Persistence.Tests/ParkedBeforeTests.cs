using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>Deliveries that a version before failures of deliveries had parked.</summary>
public sealed class ParkedBeforeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Each_is_listed_once_a_destination_and_can_be_replayed(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var failed = await AddAsync(database, "1.2.11", SeriesState.Failed);
        await AddAsync(database, "1.2.12", SeriesState.Superseded);

        foreach (var _ in Enumerable.Range(0, 2))
            await ParkedBefore.NoteAsync(database.Contexts, TimeProvider.System, Cancel);

        await using var db = database.Open();
        Assert.Equal([failed, failed], (await db.Failures.ToListAsync(Cancel)).Select(f => f.SeriesId!.Value));
        var done = await new WorkReplays(database.Contexts, TimeProvider.System).ReplayAsync(
            new() { Destination = "pacs" }, "Anna", "It is back.", Cancel);
        Assert.Equal(ReplayResult.Replayed, Assert.Single(done).Result);
        Assert.Equal(
            [("mirror", DeliveryState.Parked), ("pacs", DeliveryState.Pending)],
            (await db.Deliveries.Where(d => d.Instance.SeriesId == failed).ToListAsync(Cancel))
                .Select(d => (d.Destination, d.State)).Order());
    }

    private static async Task<Guid> AddAsync(TestDatabase database, string uid, SeriesState state)
    {
        var study = Rows.Study(uid, state: SeriesState.Translated);
        var derived = new Series
        {
            Id = Rows.NewId(),
            StudyId = study.Id,
            SeriesInstanceUid = uid + ".9",
            Origin = SeriesOrigin.Derived,
            State = state,
            DerivedFromSeriesId = study.Series[0].Id,
            CreatedAt = Rows.Noon,
        };
        var instance = Rows.Instance(derived.Id, uid + ".9.1", uid);
        await using var db = database.Open();
        db.AddRange(study, derived, instance);
        db.Deliveries.AddRange(((string[])["pacs", "mirror"]).Select(name => new Delivery
        {
            Id = Rows.NewId(),
            InstanceId = instance.Id,
            Destination = name,
            WaitingSince = Rows.Noon,
            State = DeliveryState.Parked,
            Attempts = 20,
        }));
        await db.SaveChangesAsync(Cancel);
        return derived.Id;
    }
}
