using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>Many associations of several replicas commit images of one study at once.</summary>
public sealed class InstanceCommitTests
{
    private const int Images = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Replicas_that_store_one_study_together_lose_nothing_and_make_nothing_twice(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, TimeProvider.System);
        using var signal = new OutboxSignal();
        InstanceCommit[] replicas = [
            Replica(database.Contexts, arrivals), Replica(database.NewContexts(signal), arrivals),
            Replica(database.NewContexts(signal), arrivals)];
        foreach (var replica in replicas)
            await replica.StartAsync(Cancel);

        // Each image goes to every replica, as from a scanner that sends over several associations and repeats itself.
        var sends = new List<Task>();
        foreach (var replica in replicas)
        {
            var association = await arrivals.OpenAsync();
            for (var instance = 1; instance <= Images; instance++)
                sends.Add(replica.CommitAsync(Arrivals.Instance(association, instance, TimeProvider.System.GetUtcNow())));
        }

        await Task.WhenAll(sends);
        foreach (var replica in replicas)
            await replica.StopAsync(Cancel);

        await using var db = database.Open();
        var study = await db.Studies.Include(s => s.Series).ThenInclude(s => s.Instances).SingleAsync(Cancel);
        Assert.Equal(Enumerable.Range(1, Images), Assert.Single(study.Series).Instances.Select(i => i.InstanceNumber!.Value).Order());
        Assert.Equal(replicas.Length, await db.AssociationStudies.CountAsync(Cancel));
        Assert.All(await db.Associations.ToListAsync(Cancel), row => Assert.Equal(Images, row.Stored));
    }

    [Theory, EachDatabase]
    public async Task An_image_that_a_replica_completes_past_opens_the_study_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, TimeProvider.System);
        await arrivals.SendAsync(1);
        await using (var completing = database.Open())
            await completing.Studies.ExecuteUpdateAsync(s => s.SetProperty(x => x.State, StudyState.Received), Cancel);

        await arrivals.SendAsync(2);

        await using var db = database.Open();
        Assert.Equal(StudyState.Receiving, (await db.Studies.SingleAsync(Cancel)).State);
    }

    [Theory, EachDatabase]
    public async Task An_image_of_a_derived_series_that_comes_back_opens_nothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, TimeProvider.System);
        await arrivals.SendAsync(1);
        await using (var deriving = database.Open())
        {
            await deriving.Studies.ExecuteUpdateAsync(s => s.SetProperty(x => x.State, StudyState.Received), Cancel);
            await deriving.Series.ExecuteUpdateAsync(s => s.SetProperty(x => x.State, SeriesState.Delivered), Cancel);
            await deriving.Database.ExecuteSqlAsync($"UPDATE series SET origin = 'Derived'", Cancel);
        }

        await arrivals.SendAsync(2);

        await using var db = database.Open();
        Assert.Equal(StudyState.Received, (await db.Studies.SingleAsync(Cancel)).State);
        Assert.Equal(SeriesState.Delivered, (await db.Series.SingleAsync(Cancel)).State);
        Assert.Equal(2, await db.Instances.CountAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task What_is_known_of_a_series_writes_its_next_image_as_if_all_had_been_read(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, TimeProvider.System);
        var association = await arrivals.OpenAsync();
        var at = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        await using var known = await KnownSeries.OpenAsync(database.Contexts);
        Assert.False(await known.TryWriteAsync([Arrivals.Instance(association, 1, at)]));
        await LearnAsync(database, known, Arrivals.Instance(association, 1, at));
        await using (var completing = database.Open())
            await completing.Studies.ExecuteUpdateAsync(s => s.SetProperty(x => x.State, StudyState.Received), Cancel);

        Assert.True(
            await known.TryWriteAsync([Arrivals.Instance(association, 2, at), Arrivals.Instance(association, 3, at.AddSeconds(1))]));

        await using var db = database.Open();
        var study = await db.Studies.Include(s => s.Series).ThenInclude(s => s.Instances).SingleAsync(Cancel);
        Assert.Equal((StudyState.Receiving, at.AddSeconds(1)), (study.State, study.LastReceivedAt));
        Assert.Equal(3, (await db.Associations.SingleAsync(Cancel)).Stored);
        var images = Assert.Single(study.Series).Instances.OrderBy(i => i.InstanceNumber).ToList();
        Assert.Equal([1, 2, 3], images.Select(i => i.InstanceNumber!.Value));
        var (expected, last) = (Arrivals.Instance(association, 3, at.AddSeconds(1)), images[2]);
        Assert.Equal((expected.SopInstanceUid, expected.Sha256, expected.Bytes), (last.SopInstanceUid, last.Sha256, last.Bytes));
        Assert.Equal((expected.At, association, false, false), (last.ReceivedAt, last.AssociationId, last.Conflict, last.UidElsewhere));
    }

    [Theory, EachDatabase]
    public async Task An_image_that_was_there_before_undoes_the_batch_it_came_with(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, TimeProvider.System);
        var (association, at) = (await arrivals.OpenAsync(), TimeProvider.System.GetUtcNow());
        await using var known = await KnownSeries.OpenAsync(database.Contexts);
        await LearnAsync(database, known, Arrivals.Instance(association, 1, at));

        Assert.False(await known.TryWriteAsync([Arrivals.Instance(association, 2, at), Arrivals.Instance(association, 1, at)]));

        await using var db = database.Open();
        Assert.Equal(1, await db.Instances.CountAsync(Cancel));
        Assert.Equal(1, (await db.Associations.SingleAsync(Cancel)).Stored);
    }

    private static InstanceCommit Replica(IDbContextFactory<GatewayDbContext> contexts, Arrivals arrivals) =>
        new(contexts, arrivals.Objects, Patience.Of(TimeProvider.System), TimeProvider.System);

    private static async Task LearnAsync(TestDatabase database, KnownSeries known, ReceivedInstance first)
    {
        await using var db = database.Open();
        var kept = Assert.Single(await InstanceBatch.WriteAsync(db, new FolderObjectStore(database.Data), [first]));
        known.Learn(first, kept);
    }
}
