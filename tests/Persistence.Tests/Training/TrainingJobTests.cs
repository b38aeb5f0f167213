using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Persistence.Tests;

/// <summary>One open job a pair, one trainer a job, and nothing written by one who lost it.</summary>
public sealed class TrainingJobTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider _time = new(Rows.Noon);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Any_number_of_orders_at_once_make_one_job_and_one_message(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);

        var ordered = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Task.Run(() => Jobs(database).OrderAsync(Order((TrainingTrigger)(i % 3)), Cancel))));

        Assert.Single(ordered, order => order.IsNew);
        Assert.Single(ordered.Select(order => order.Job.Id).Distinct());
        await using var db = database.Open();
        Assert.Equal((1, 1), (await db.TrainingJobs.CountAsync(Cancel), await db.Outbox.CountAsync(Cancel)));
    }

    [Theory, EachDatabase]
    public async Task A_scheduler_that_comes_late_with_a_trigger_makes_no_second_job(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var order = Order(TrainingTrigger.Schedule);
        var first = await Jobs(database).OrderAsync(order, Cancel);
        await Jobs(database).CancelAsync(first.Job.Id, "Anna", Cancel);

        var late = await Jobs(database).OrderAsync(order, Cancel);
        var next = await Jobs(database).OrderAsync(order with { After = first.Job.Id }, Cancel);

        Assert.Equal((first.Job.Id, false), (late.Job.Id, late.IsNew));
        Assert.True(next.IsNew);
    }

    [Theory, EachDatabase]
    public async Task Of_many_trainers_one_gets_a_job_and_another_when_its_lease_is_over(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var job = (await Jobs(database).OrderAsync(Order(), Cancel)).Job;

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => ClaimAsync(database, $"trainer {i}"))));
        Assert.Equal(new TrainingLease(job.Id, 1), Assert.Single(claims, claim => claim is not null));
        _time.Advance(Lease);
        Assert.Null(await ClaimAsync(database, "too early"));
        _time.Advance(TimeSpan.FromTicks(10));

        Assert.Equal(new TrainingLease(job.Id, 2), await ClaimAsync(database, "next"));
    }

    [Theory, EachDatabase]
    public async Task A_trainer_that_lost_its_lease_writes_nothing_and_learns_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var leases = new TrainingLeases(database.Contexts, _time);
        var job = (await Jobs(database).OrderAsync(Order(), Cancel)).Job;
        var late = (await ClaimAsync(database, "frozen"))!;
        await leases.WriteAsync(late, set => set.SetProperty(j => j.Step, 1), Point(job.Id, 1), Cancel);
        _time.Advance(2 * Lease);
        var now = (await ClaimAsync(database, "next"))!;

        await Assert.ThrowsAsync<LeaseLostException>(
            () => leases.WriteAsync(late, set => set.SetProperty(j => j.Step, 2), Point(job.Id, 2), Cancel));
        await Assert.ThrowsAsync<LeaseLostException>(() => leases.RenewAsync(late, Lease, Cancel));
        await Assert.ThrowsAsync<LeaseLostException>(() => leases.EndAsync(late, TrainingJobState.Done, null, 1, Point(job.Id, 3), Cancel));
        await leases.EndAsync(now, TrainingJobState.Done, null, 2.5, Point(job.Id, 4), Cancel);
        await Assert.ThrowsAsync<LeaseLostException>(() => leases.RenewAsync(now, Lease, Cancel));

        await using var db = database.Open();
        var kept = await db.TrainingJobs.SingleAsync(Cancel);
        Assert.Equal((1, TrainingJobState.Done, _time.GetUtcNow(), 2.5), (kept.Step, kept.State, kept.EndedAt, kept.SecondsTrained));
        Assert.Equal([1, 4], await db.TrainingPoints.Select(p => p.Step).Order().ToListAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task A_person_pauses_resumes_and_cancels_what_waits_at_once_and_what_runs_by_its_trainer(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (jobs, leases) = (Jobs(database), new TrainingLeases(database.Contexts, _time));
        var id = (await jobs.OrderAsync(Order(), Cancel)).Job.Id;

        Assert.True(await jobs.PauseAsync(id, Cancel));
        Assert.Null(await ClaimAsync(database, "any"));
        Assert.True(await jobs.ResumeAsync(id, Cancel));
        Assert.False(await jobs.ResumeAsync(id, Cancel));
        var lease = (await ClaimAsync(database, "any"))!;
        Assert.True(await jobs.PauseAsync(id, Cancel));
        Assert.Equal(TrainingJobState.Paused, await leases.RenewAsync(lease, Lease, Cancel));
        Assert.True(await jobs.ResumeAsync(id, Cancel));
        Assert.Null(await leases.RenewAsync(lease, Lease, Cancel));
        Assert.True(await jobs.CancelAsync(id, "Anna", Cancel));
        Assert.Equal(TrainingJobState.Cancelled, await leases.RenewAsync(lease, Lease, Cancel));
        Assert.False(await jobs.PauseAsync(id, Cancel));
        await leases.EndAsync(lease, TrainingJobState.Cancelled, null, 0, null, Cancel);
        Assert.False(await jobs.CancelAsync(id, "Berta", Cancel));

        await using var db = database.Open();
        Assert.Equal(
            ReasonCode.TrainingCancelled.Because("Cancelled by Anna."), Assert.Single((await db.TrainingJobs.SingleAsync(Cancel)).Reasons));
        Assert.Equal(2, await db.Outbox.CountAsync(Cancel));    // the order, and the resumption
    }

    [Theory, EachDatabase]
    public async Task A_job_that_is_given_back_is_queued_and_told_of(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = (await Jobs(database).OrderAsync(Order(), Cancel)).Job.Id;
        await new TrainingLeases(database.Contexts, _time).EndAsync(
            (await ClaimAsync(database, "stops"))!, TrainingJobState.Queued, null, 1, null, Cancel);

        Assert.Equal(new TrainingLease(id, 2), await ClaimAsync(database, "next"));
        await using var db = database.Open();
        Assert.Equal(2, await db.Outbox.CountAsync(m => m.Type == typeof(TrainModel).FullName, Cancel));
    }

    [Theory, EachDatabase]
    public async Task What_kubernetes_asks_the_database_counts_jobs_that_need_a_trainer(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var asked = new List<long> { await AskAsync() };

        var id = (await Jobs(database).OrderAsync(Order(), Cancel)).Job.Id;
        asked.Add(await AskAsync());
        await ClaimAsync(database, "trainer");
        asked.Add(await AskAsync());
        await new TrainingLeases(database.Contexts, _time).EndAsync(new(id, 1), TrainingJobState.Paused, null, 0, null, Cancel);
        asked.Add(await AskAsync());

        Assert.Equal([0, 1, 1, 0], asked);

        async Task<long> AskAsync()
        {
            await using var db = database.Open();
            await db.Database.OpenConnectionAsync(Cancel);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = File.ReadLines(Path.Combine(Repository.Root, "k8s", "base", "trainer-scaling.yaml"))
                .Single(line => line.Contains("query:")).Split("query: ")[1];
            return (long)(await command.ExecuteScalarAsync(Cancel))!;
        }
    }

    private static TrainingOrder Order(TrainingTrigger trigger = TrainingTrigger.Person) =>
        new() { Pair = "t2-ct", Trigger = trigger, By = "test" };

    private static Func<GatewayDbContext, Task> Point(Guid job, int step) => db =>
    {
        db.TrainingPoints.Add(new() { JobId = job, Step = step, At = Rows.Noon, SecondsPerStep = 1, Losses = new() { ["cycle.ct"] = 1 } });
        return Task.CompletedTask;
    };

    private TrainingJobs Jobs(TestDatabase database) => new(database.Contexts, _time);

    private Task<TrainingLease?> ClaimAsync(TestDatabase database, string holder) =>
        new TrainingLeases(database.Contexts, _time).ClaimAsync(holder, Lease, null, Cancel);
}
