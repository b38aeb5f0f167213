using Gateway.Contracts;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>Long work has one holder at a time, and none saves whose claim is over.</summary>
public sealed class WorkLeaseTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly WorkDemand _demand = new(
        WorkLeases.IdOf("translate-series", new TranslateSeries { SeriesId = Rows.NewId(), Revision = 1 }), "translate-series",
        Rows.NewId());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Of_many_workers_one_gets_the_work_and_the_others_hear_until_when(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        var claims = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Worker(database).ClaimAsync(_demand, Length, Cancel))));

        Assert.Equal(1, Assert.Single(claims, claim => claim.Claim is not null).Claim!.Starts);
        await using var db = database.Open();
        var until = (await db.WorkLeases.SingleAsync(Cancel)).LeasedUntil;
        Assert.All(claims.Where(claim => claim.Claim is null), claim => Assert.Equal(until, claim.Until));
    }

    [Theory, EachDatabase]
    public async Task Who_died_is_followed_once_his_lease_is_over_and_his_start_is_counted(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        for (var starts = 1; starts <= 3; starts++)
        {
            Assert.Equal(starts, (await Worker(database).ClaimAsync(_demand, Length, Cancel)).Claim?.Starts);
            Assert.Null((await Worker(database).ClaimAsync(_demand, Length, Cancel)).Claim);
            await OverAsync(database);
        }
    }

    [Theory, EachDatabase]
    public async Task Who_was_frozen_saves_nothing_once_another_has_the_work(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (frozen, next) = (Worker(database), Worker(database));
        var (old, _) = await frozen.ClaimAsync(_demand, Length, Cancel);
        await OverAsync(database);
        var (claim, _) = await next.ClaimAsync(_demand, Length, Cancel);

        Assert.False(await frozen.RenewAsync(old!, Length, Cancel));
        await frozen.GiveBackAsync(old!, Cancel);
        await using var db = database.Open();
        Assert.False(await WorkLeases.EndAsync(db, old!, Cancel));
        Assert.True(await next.RenewAsync(claim!, Length, Cancel));
        Assert.True(await WorkLeases.EndAsync(db, claim!, Cancel));
    }

    [Theory, EachDatabase]
    public async Task Who_was_frozen_and_not_followed_saves_what_he_made(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (claim, _) = await Worker(database).ClaimAsync(_demand, Length, Cancel);
        await OverAsync(database);

        await using var db = database.Open();
        Assert.True(await WorkLeases.EndAsync(db, claim!, Cancel));
    }

    [Theory, EachDatabase]
    public async Task Work_that_was_given_back_counts_from_the_beginning(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var worker = Worker(database);
        var (first, _) = await worker.ClaimAsync(_demand, Length, Cancel);
        await worker.GiveBackAsync(first!, Cancel);

        Assert.Equal(1, (await Worker(database).ClaimAsync(_demand, Length, Cancel)).Claim?.Starts);
    }

    [Theory, EachDatabase]
    public async Task What_a_process_left_behind_itself_it_takes_up_at_once_without_a_count(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var worker = Worker(database);
        var (left, _) = await worker.ClaimAsync(_demand, Length, Cancel);
        worker.Forget(left!);    // the database was away when it was to be given back

        Assert.Null((await Worker(database).ClaimAsync(_demand, Length, Cancel)).Claim);
        Assert.Equal(1, (await worker.ClaimAsync(_demand, Length, Cancel)).Claim?.Starts);
    }

    private static WorkLeases Worker(TestDatabase database) => new(database.Contexts, TimeProvider.System);

    /// <summary>Its holder has not renewed it.</summary>
    private static async Task OverAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var past = TimeProvider.System.GetUtcNow() - Length;
        await db.WorkLeases.ExecuteUpdateAsync(set => set.SetProperty(row => row.LeasedUntil, past), Cancel);
    }
}
