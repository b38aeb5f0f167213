using System.Text.Json;
using Gateway.Persistence;
using Gateway.TrainingWorker.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Cli;

/// <summary>Orders a short retraining of the champions and tells how it goes.</summary>
internal sealed class LoopTraining(IDbContextFactory<GatewayDbContext> databases, TrainingJobs jobs, IProgress<string> progress)
{
    // Drawing one takes as long as a step.
    private const int Phantoms = 10;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <returns>The job at its end.</returns>
    public async Task<TrainingJob> RunAsync(string pair, int steps, CancellationToken cancel)
    {
        var recipe = Recipes.FineTune with
        {
            StepsAdversarial = steps,
            Phantoms = Phantoms,
            ProgressEvery = Math.Max(1, steps / 12),
            SheetEvery = Math.Max(1, steps / 4),
        };
        var order = new TrainingOrder
        {
            Pair = pair,
            Trigger = TrainingTrigger.Person,
            By = "demo",
            RecipeName = "demo",
            Recipe = JsonSerializer.Serialize(recipe),
        };
        var job = (await jobs.OrderAsync(order, cancel)).Job;
        progress.Report($"training job {job.Id}: {steps} steps on what came in, from the champions");
        return await FollowAsync(job.Id, cancel);
    }

    private async Task<TrainingJob> FollowAsync(Guid id, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Look);
        var (told, phase) = (0, "");
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var job = await db.TrainingJobs.AsNoTracking().SingleAsync(j => j.Id == id, cancel);
            if (job.Phase != phase && job.Phase.Length > 0)
                progress.Report($"training: {phase = job.Phase}");
            foreach (var point in await db.TrainingPoints.AsNoTracking().Where(p => p.JobId == id && p.Step > told).OrderBy(p => p.Step)
                .ToListAsync(cancel))
            {
                told = point.Step;
                progress.Report($"training: step {point.Step} of {job.StepsTotal}, {point.SecondsPerStep:0.00} s a step, {Losses(point)}");
            }
            if (job.State is TrainingJobState.Done or TrainingJobState.Failed or TrainingJobState.Cancelled)
                return job;
            await timer.WaitForNextTickAsync(cancel);
        }
    }

    private static string Losses(TrainingPoint point) =>
        string.Join(
            " ", point.Losses.Where(l => l.Key.StartsWith("cycle", StringComparison.Ordinal)).OrderBy(l => l.Key)
                .Select(l => $"{l.Key} {l.Value:0.000}"));
}
