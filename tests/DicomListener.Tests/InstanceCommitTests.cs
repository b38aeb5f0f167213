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
        InstanceCommit[] replicas = [new(database.Contexts), new(database.NewContexts(signal)), new(database.NewContexts(signal))];
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
}
