using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Contracts.Trials;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TrainingWorker.Jobs;
using Gateway.TrainingWorker.Weights;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.TrainingWorker.Tests;

/// <summary>A job from its claim to its end, in this process.</summary>
public sealed class TrainingWorkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_job_ends_with_two_models_its_points_a_sheet_and_one_message(DatabaseProvider provider)
    {
        await using var house = await TrainingHouse.CreateAsync(provider);
        var parents = await house.CrownAsync(wide: true);
        var recipe =
            TrainingHouse.Recipe with { FromChampion = true, StepsSmall = 0, StepsFull = 0, StepsAdversarial = 4, GeneratorWidth = 64 };
        var job = await house.OrderAsync(recipe);

        await DoAsync(house.Trainer(), await house.ClaimAsync());

        await using var db = house.Database.Open();
        var done = await house.JobAsync();
        Assert.Equal((TrainingJobState.Done, 4, 4, 4), (done.State, done.Step, done.StepsTotal, done.CheckpointStep));
        Assert.Equal(parents, Recipes.Parse(done.Recipe).Parents);
        Assert.Equal([1, 2, 3, 4], await db.TrainingPoints.Select(p => p.Step).Order().ToListAsync(Cancel));
        Assert.Equal(4, (await db.TrainingSheets.SingleAsync(Cancel)).Step);
        var models = await db.Models.Where(m => m.JobId == job.Id).OrderByDescending(m => m.Direction).ToListAsync(Cancel);
        Assert.Equal(["t2-ct", "ct-t2"], models.Select(m => m.Direction));
        Assert.True(Recipes.Parse(done.Recipe).WideChannel);
        Assert.Equal(parents, models.Select(m => m.ParentDigest));
        Assert.All(models, model => Assert.Equal(done.ManifestDigest, model.ManifestDigest));
        IObjectStore objects = new FolderObjectStore(house.Database.Data);
        var report = TrialReport.Parse(
            await System.IO.File.ReadAllBytesAsync(ObjectFile.Of(house.Database.Data, models[0].ReportSha256!), Cancel));
        Assert.Equal(report.Directions.Select(one => one.Passed), models.Select(m => m.State == ModelState.Candidate));
        Assert.Equal(report.Directions.Select(one => one.Champion!.Digest), parents);
        Assert.Equal(2, FoldedGenerator.Read(objects, models[0].Digest).Outputs);
        foreach (var digest in models.SelectMany(m => (string[])[m.Digest, m.ReportSha256!, m.SheetSha256!]).Append(done.CheckpointSha256!))
            Assert.True(await objects.ExistsAsync(digest, Cancel));
        Assert.Single(await db.Outbox.Where(m => m.Type == typeof(ModelTrained).FullName).ToListAsync(Cancel));
        Assert.Empty(Directory.EnumerateFileSystemEntries(house.Database.Data.Training));
    }

    [Theory, EachDatabase]
    public async Task A_job_whose_trainer_lost_it_is_finished_by_the_next_as_if_nothing_had_happened(DatabaseProvider provider)
    {
        var whole = await WeightsAsync(provider, []);
        // manifest, either stage, the seam, after training: report and model
        var broken = await WeightsAsync(provider, [1, 2, 2, 3, 5, 5]);

        Assert.Equal(whole, broken);
    }

    [Theory, EachDatabase]
    public async Task A_person_who_cancels_and_a_recipe_that_cannot_be_end_the_job_with_a_reason(DatabaseProvider provider)
    {
        await using var house = await TrainingHouse.CreateAsync(provider);
        var id = (await house.OrderAsync(TrainingHouse.Recipe)).Id;
        var lease = await house.ClaimAsync();
        await house.Jobs.CancelAsync(id, "Anna", Cancel);
        await DoAsync(house.Trainer(), lease);
        await house.OrderAsync(TrainingHouse.Recipe with { FromChampion = true });
        await DoAsync(house.Trainer(), await house.ClaimAsync());
        await house.OrderAsync(TrainingHouse.Recipe with { Direction = "ct-t2" });
        await DoAsync(house.Trainer(), await house.ClaimAsync());
        await house.OrderAsync(TrainingHouse.Recipe with { GeneratorRate = 1e9 });
        await DoAsync(house.Trainer(), await house.ClaimAsync());

        await using var db = house.Database.Open();
        var jobs = await db.TrainingJobs.ToListAsync(Cancel);
        Assert.Equal(
            [(TrainingJobState.Failed, ReasonCode.NoChampion.Name), (TrainingJobState.Failed, ReasonCode.RecipeUnusable.Name),
                (TrainingJobState.Failed, ReasonCode.TrainingDiverged.Name),
                (TrainingJobState.Cancelled, ReasonCode.TrainingCancelled.Name)],
            jobs.Select(j => (j.State, Assert.Single(j.Reasons).Code)).Order());
        Assert.Equal(0, await db.Models.CountAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task A_budget_in_steps_and_threads_are_decided_by_the_first_trainer(DatabaseProvider provider)
    {
        await using var house = await TrainingHouse.CreateAsync(provider);
        await house.OrderAsync(TrainingHouse.Recipe);

        await house.Trainer(("Training:Budget:Steps", "3"), ("Training:Threads", "1")).GetRequiredService<JobPreparation>()
            .PrepareAsync(await house.ClaimAsync(), Cancel);
        house.Time.Advance(TimeSpan.FromHours(1));
        var plan = await house.Trainer(("Training:Budget:Steps", "2"), ("Training:Threads", "2")).GetRequiredService<JobPreparation>()
            .PrepareAsync(await house.ClaimAsync(), Cancel);

        Assert.Equal(
            (1, 1, 1, 1, 3),
            (plan.Options.StepsSmall, plan.Options.StepsFull, plan.Options.StepsAdversarial, plan.Options.Threads, plan.Job.StepsTotal));
    }

    private static Task DoAsync(IServiceProvider trainer, TrainingLease lease) =>
        trainer.GetRequiredService<TrainingWork>().DoAsync(lease, Cancel);

    /// <summary>The weights at the end of a job whose lease was lost just before each of these objects was stored.</summary>
    private static async Task<List<string>> WeightsAsync(DatabaseProvider provider, int[] lostAt)
    {
        await using var house = await TrainingHouse.CreateAsync(provider);
        await house.OrderAsync(TrainingHouse.Recipe);
        var lease = await house.ClaimAsync();
        foreach (var number in lostAt)
        {
            var next = lease;
            await DoAsync(house.Trainer(async put => next = put == number ? await house.StealAsync() : next), lease);
            Assert.NotEqual(lease, next);
            lease = next;
        }
        await DoAsync(house.Trainer(), lease);
        Assert.Equal((TrainingJobState.Done, lostAt.Length + 1L), ((await house.JobAsync()).State, lease.Fence));
        await using var db = house.Database.Open();
        IObjectStore objects = new FolderObjectStore(house.Database.Data);
        return [.. (await db.Models.OrderBy(m => m.Direction).Select(m => m.Digest).ToListAsync(Cancel))
            .Select(digest => Weights(objects, digest))];
    }

    private static string Weights(IObjectStore objects, string digest)
    {
        var convolutions = FoldedGenerator.Read(objects, digest).Convolutions
            .SelectMany(layer => layer.Weight.Values.Concat(layer.Bias.Values)).ToArray();
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(convolutions)));
    }
}
