using System.Text.Json;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Gateway.TrainingWorker.Training;
using Gateway.TrainingWorker.Weights;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>Decides what a job does, once, and writes it into its row: whoever goes on with it does the same.</summary>
public sealed class JobPreparation(
    IDbContextFactory<GatewayDbContext> databases, TrainingLeases leases, ManifestBuilder manifests, IObjectStore objects,
    DataDirectory data,
    IOptions<TrainerOptions> options, TimeProvider time)
{
    /// <exception cref="JobRefusedException">The recipe is unusable, or there is no champion to start from.</exception>
    /// <exception cref="LeaseLostException">The lease is over.</exception>
    public async Task<JobPlan> PrepareAsync(TrainingLease lease, CancellationToken cancel)
    {
        var job = await leases.ReadAsync(lease, cancel);
        if (job.StartedAt is null)
        {
            await DecideAsync(job, lease, cancel);
            job = await leases.ReadAsync(lease, cancel);
        }
        else
        {
            await TakeUpAsync(job, lease, cancel);
        }
        return new()
        {
            Job = job,
            Lease = lease,
            Options = Recipes.Parse(job.Recipe),
            Manifest = job.ManifestDigest!,
            Folder = await FolderAsync(lease, cancel),
        };
    }

    private async Task DecideAsync(TrainingJob job, TrainingLease lease, CancellationToken cancel)
    {
        var (name, recipe) = Recipes.Of(job, options.Value);
        var (budget, threads) = (options.Value.Budget.Steps, options.Value.Threads);
        if (budget > 0)
            recipe = recipe.Within(budget);
        if (threads > 0)
            recipe = recipe with { Threads = threads };
        if (recipe.FromChampion)
            recipe = await FromChampionAsync(recipe, cancel);
        var manifest = (await TrainingTrace.InAsync("manifest", () => manifests.MakeAsync(job.Pair, cancel))).Digest;
        var (json, now) = (JsonSerializer.Serialize(recipe), time.GetUtcNow());
        await leases.WriteAsync(
            lease,
            set => set.SetProperty(j => j.StartedAt, now).SetProperty(j => j.RecipeName, name).SetProperty(j => j.Recipe, json)
                .SetProperty(j => j.StepsTotal, recipe.StepsTotal).SetProperty(j => j.ManifestDigest, manifest)
                .SetProperty(j => j.Phase, JobPhase.Preparing),
            null, cancel);
    }

    // What the trainer before did after its last checkpoint is done again.
    private Task TakeUpAsync(TrainingJob job, TrainingLease lease, CancellationToken cancel) => leases.WriteAsync(
        lease,
        set => set.SetProperty(j => j.Step, job.CheckpointStep).SetProperty(j => j.Phase, JobPhase.Preparing),
        async db =>
        {
            await db.TrainingPoints.Where(p => p.JobId == job.Id && p.Step > job.CheckpointStep).ExecuteDeleteAsync(cancel);
            await db.TrainingSheets.Where(s => s.JobId == job.Id && s.Step > job.CheckpointStep).ExecuteDeleteAsync(cancel);
        },
        cancel);

    private async Task<TrainingOptions> FromChampionAsync(TrainingOptions recipe, CancellationToken cancel)
    {
        var there = Direction.Parse(recipe.Direction);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var parents = new List<string>();
        foreach (var direction in (Direction[])[there, there.Reverse])
            parents.Add((await db.ChampionAsync(direction.Name, cancel))?.Digest
                ?? throw new JobRefusedException(ReasonCode.NoChampion.Because($"{direction.Name} has no champion.")));
        var files = parents.ConvertAll(digest => FoldedGenerator.Read(objects, digest));
        return files.Select(file => file.Width).Distinct().ToList() is [var width]
            ? recipe with { GeneratorWidth = width, WideChannel = files.Exists(file => file.Outputs > 1), Parents = parents }
            : throw Recipes.Unusable("The champions of the two directions are networks of different widths.");
    }

    private string WorkFolder => options.Value.WorkFolder ?? data.Training;

    // Folders of leases that are over are in nobody's way but the disk's.
    private async Task<string> FolderAsync(TrainingLease lease, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var running = await db.TrainingJobs.Where(j => j.State == TrainingJobState.Running).Select(j => new TrainingLease(j.Id, j.Fence))
            .ToListAsync(cancel);
        var mine = PathOf(lease);
        data.Create();
        PrivateFiles.CreateFolder(WorkFolder);
        foreach (var folder in Directory.EnumerateDirectories(WorkFolder).Except(running.Select(PathOf)).Append(mine)
            .Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        PrivateFiles.CreateFolder(mine);
        return mine;
    }

    private string PathOf(TrainingLease lease) => Path.Combine(WorkFolder, $"{lease.JobId:N}-{lease.Fence}");
}
