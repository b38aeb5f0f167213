using Gateway.Cli;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.EndToEnd.Tests;

/// <summary>Real trainer processes, and what happens to processes.</summary>
public sealed class TrainerProcessTests
{
    private const int Kills = 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_trainers_killed_at_random_steps_end_bit_for_bit_where_one_that_nobody_killed_does()
    {
        await using var cluster = await TrainingCluster.CreateAsync();
        var chance = new Random(7);
        var broken = await cluster.OrderAsync();
        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = (await cluster.JobAsync(broken)).CheckpointStep + chance.Next(1, 4);
            var trainer = await cluster.StartAsync();
            await cluster.UntilAsync(broken, $"step {enough}", job => job.CheckpointStep >= enough);
            await trainer.KillAsync();
        }
        await cluster.StartAsync();
        var first = await cluster.DoneAsync(broken);
        var second = await cluster.DoneAsync(await cluster.OrderAsync());

        Assert.Empty(first.Reasons.Concat(second.Reasons));
        Assert.Equal((TrainingJobState.Done, TrainingJobState.Done), (first.State, second.State));
        Assert.True(first.Fence > Kills);
        Assert.Equal(second.CheckpointSha256, first.CheckpointSha256);
        await using var db = cluster.Database.Open();
        Assert.Equal(
            Enumerable.Range(1, first.StepsTotal),
            await db.TrainingPoints.Where(p => p.JobId == broken).Select(p => p.Step).Order().ToListAsync(Cancel));
        Assert.Equal(2, await db.Models.CountAsync(m => m.JobId == broken, Cancel));
    }

    [Theory, InlineData("preparing"), InlineData("training"), InlineData("exporting"), InlineData("gates")]
    public async Task A_trainer_killed_in_any_phase_is_followed_by_one_that_ends_the_job(string phase)
    {
        await using var cluster = await TrainingCluster.CreateAsync();
        var trainer = await cluster.StartAsync();
        var id = await cluster.OrderAsync(TrainingCluster.Recipe with { StepsSmall = 1, StepsFull = 1, StepsAdversarial = 1 });
        await cluster.UntilAsync(id, phase, job => job.Phase == phase);
        await trainer.KillAsync();
        await cluster.StartAsync();

        Assert.Equal(TrainingJobState.Done, (await cluster.DoneAsync(id)).State);
        await using var db = cluster.Database.Open();
        Assert.Equal(["ct-t2", "t2-ct"], await db.Models.Select(m => m.Direction).Order().ToListAsync(Cancel));
        Assert.Equal(1, await db.Outbox.CountAsync(m => m.Type == "Gateway.Contracts.ModelTrained", Cancel));
    }

    [Fact]
    public async Task A_trainer_frozen_beyond_its_lease_writes_nothing_when_it_wakes_and_works_on()
    {
        await using var cluster = await TrainingCluster.CreateAsync();
        var frozen = await cluster.StartAsync();
        var id = await cluster.OrderAsync();
        await cluster.UntilAsync(id, "a checkpoint", job => job.CheckpointStep > 0);
        await frozen.SignalAsync("STOP");
        var other = await cluster.StartAsync();
        var taken = await cluster.UntilAsync(id, "another trainer has it", job => job.Fence >= 2 && job.CheckpointStep > 0);
        await frozen.SignalAsync("CONT");
        var done = await cluster.DoneAsync(id);
        await other.StopAsync();
        var next = await cluster.DoneAsync(await cluster.OrderAsync(TrainingCluster.Recipe with { StepsAdversarial = 1 }));

        Assert.True(taken.Fence >= 2);    // on a machine that is too slow for the lease it changes hands again
        Assert.Equal((TrainingJobState.Done, TrainingJobState.Done), (done.State, next.State));
        await using var db = cluster.Database.Open();
        Assert.Equal(done.StepsTotal, await db.TrainingPoints.CountAsync(p => p.JobId == id, Cancel));
        Assert.Equal(2, await db.Models.CountAsync(m => m.JobId == id, Cancel));
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_a_step_stores_it_and_gives_the_job_back()
    {
        await using var cluster = await TrainingCluster.CreateAsync();
        var trainer = await cluster.StartAsync();
        var id = await cluster.OrderAsync(TrainingCluster.Recipe with { StepsAdversarial = 100_000, CheckpointSteps = 0, Phantoms = 4 });
        await cluster.UntilAsync(id, "some steps", job => job.Step >= 3);

        Assert.Equal(ExitCode.Done, await trainer.StopAsync());

        var job = await cluster.JobAsync(id);
        Assert.Equal((TrainingJobState.Queued, null, null), (job.State, job.Holder, job.LeasedUntil));
        Assert.InRange(job.CheckpointStep, 3, 100_000);
        Assert.Equal(job.Step, job.CheckpointStep);
        Assert.True(job.SecondsTrained > 0);
    }

    [Fact]
    public async Task Three_trainers_that_see_one_trigger_make_one_job()
    {
        await using var cluster = await TrainingCluster.CreateAsync();
        await using (var db = cluster.Database.Open())
        {
            var day = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(2);
            db.ArchiveSamples.Add(new()
            {
                Id = Guid.CreateVersion7(day), Revision = 1, Modality = "t2", GreyLow = 0, GreyHigh = 1, RowSpacing = 1, ColumnSpacing = 1,
                SliceDistance = 5,
                Slices = 1, Centre = 0, Registration = RegistrationKind.Linear, Subject = "a", SubjectOfAnyIssuer = "a", KeyId = "key",
                Split = ArchiveSplit.Train,
                CallingAe = "SCANNER", Vendor = ScannerVendor.Other, EnteredOn = day, Sha256 = new string('a', 64),
            });
            await db.SaveChangesAsync(Cancel);
        }
        await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => cluster.StartAsync(("Training__Every", "1.00:00:00"), ("Training__NewSubjects", "1"))));

        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = cluster.Database.Open();
                return await db.TrainingJobs.AnyAsync(j => j.EndedAt != null, Cancel);
            },
            "the job has ended",
            TimeSpan.FromMinutes(1));
        // All look for reasons to train meanwhile, and this one is a person's.
        var brief = TrainingCluster.Recipe with { StepsSmall = 1, StepsFull = 1, StepsAdversarial = 1 };
        await cluster.DoneAsync(await cluster.OrderAsync(brief));

        await using var after = cluster.Database.Open();
        var job = await after.TrainingJobs.SingleAsync(j => j.Trigger != TrainingTrigger.Person, Cancel);
        Assert.Equal(
            (TrainingTrigger.Schedule, TrainingJobState.Failed, "no-champion"), (job.Trigger, job.State, Assert.Single(job.Reasons).Code));
    }

    [Fact]
    public async Task A_process_that_may_train_carries_no_torch_until_it_does()
    {
        await using var cluster = await TrainingCluster.CreateAsync();
        var trainer = await cluster.StartAsync();
        using var folder = new TemporaryDirectory();
        await using var everything = await GatewayProcess.StartAsync(folder.Combine("data"), []);

        Assert.DoesNotContain("libtorch", Maps(trainer), StringComparison.Ordinal);
        Assert.DoesNotContain("libtorch", Maps(everything), StringComparison.Ordinal);
        await cluster.DoneAsync(
            await cluster.OrderAsync(TrainingCluster.Recipe with { StepsSmall = 1, StepsFull = 0, StepsAdversarial = 0 }));
        Assert.Contains("libtorch", Maps(trainer), StringComparison.Ordinal);

        static string Maps(GatewayProcess process) => File.ReadAllText($"/proc/{process.Id}/maps");
    }
}
