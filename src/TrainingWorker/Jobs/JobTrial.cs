using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Persistence;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Gates;
using Gateway.TrainingWorker.Training;
using Gateway.Workshop.Scores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>Has what a job trained judged beside the champions of the day.</summary>
public sealed class JobTrial(
    IDbContextFactory<GatewayDbContext> databases, IObjectStore objects, IOptions<TrainerOptions> options, TimeProvider time)
{
    /// <param name="plan">The job.</param>
    /// <param name="files">What was exported of it, both directions.</param>
    /// <param name="data">What it trained on; its test slices are what it is judged by.</param>
    /// <param name="cancel">Ends it between two slices.</param>
    public async Task<TrialResult> RunAsync(
        JobPlan plan, IReadOnlyDictionary<Direction, ExportReport> files, TrainingData data, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var candidates = new Dictionary<Direction, byte[]>();
        foreach (var (direction, file) in files)
            candidates[direction] = await File.ReadAllBytesAsync(file.Path, cancel);
        var request = new TrialRequest
        {
            Pair = Direction.Parse(plan.Job.Pair),
            Modalities = ShippedModalities.Table,
            Candidates = candidates,
            Champions = await ChampionsAsync(db, files.Keys, cancel),
            Real = await TestSlicesAsync(db, plan.Manifest, data, cancel),
            Parity = files.ToDictionary(file => file.Key, file => file.Value.NetworkToFloat32),
            DiscriminatorAccuracy = await AccuracyAsync(db, plan.Job.Id, files.Keys, cancel),
            Options = new() { Phantoms = options.Value.GatePhantoms },
        };
        return await TrainingThread.RunAsync(() => ModelTrial.Run(request, time, null, cancel));
    }

    private async Task<Dictionary<Direction, byte[]>> ChampionsAsync(
        GatewayDbContext db, IEnumerable<Direction> directions, CancellationToken cancel)
    {
        var champions = new Dictionary<Direction, byte[]>();
        foreach (var direction in directions)
        {
            if (await db.ChampionAsync(direction.Name, cancel) is not { } champion)
                continue;
            await using var stored = objects.OpenRead(champion.Digest);
            champions[direction] = new byte[stored.Length];
            await stored.ReadExactlyAsync(champions[direction], cancel);
        }
        return champions;
    }

    private static async Task<Dictionary<Modality, IReadOnlyList<HeldOutSlice>>> TestSlicesAsync(
        GatewayDbContext db, string manifest, TrainingData data, CancellationToken cancel)
    {
        var subjects = await db.ManifestSamples.Where(s => s.ManifestDigest == manifest && s.Split == ArchiveSplit.Test)
            .ToDictionaryAsync(s => s.Sha256, s => s.SubjectOfAnyIssuer, cancel);
        return data.Sides.ToDictionary(
            side => side.Profile.Modality,
            IReadOnlyList<HeldOutSlice> (side) =>
            [
                .. from picture in side.Test
                   let subject = subjects.GetValueOrDefault(picture.Name.Split('.')[0])
                   where subject is not null && picture.Size == Reference.Side
                   select new HeldOutSlice(subject, Image(picture), null),
            ]);
    }

    private static Image Image(PreparedPicture picture)
    {
        var values = new float[picture.Size * picture.Size];
        picture.CopyTo(values);
        return new(picture.Size, picture.Size, values);
    }

    private static async Task<Dictionary<Direction, double>> AccuracyAsync(
        GatewayDbContext db, Guid job, IEnumerable<Direction> directions, CancellationToken cancel)
    {
        var last = await db.TrainingPoints.AsNoTracking().Where(p => p.JobId == job).OrderByDescending(p => p.Step)
            .FirstOrDefaultAsync(cancel);
        Dictionary<string, double> losses = last?.Losses ?? [];
        return (from direction in directions
                let name = $"accuracy.{direction.To.Code}"
                where losses.ContainsKey(name)
                select (direction, losses[name])).ToDictionary();
    }
}
