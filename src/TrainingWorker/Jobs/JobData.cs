using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Training;
using Gateway.Workshop.TrainingSets;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>What a job trains on: the samples of its manifest, and pairs of phantoms, which have the truth that samples lack.</summary>
public sealed class JobData(IObjectStore objects)
{
    private const int FewestPhantoms = 4;
    private const ulong SeedsApart = 1_000_000;

    /// <summary>A modality of which the archive has nothing to train on is trained on phantoms, of which the other sees none.</summary>
    public async Task<TrainingData> LoadAsync(JobPlan plan, CancellationToken cancel)
    {
        var direction = Direction.Parse(plan.Options.Direction);
        ModalityProfile[] pair = [ShippedModalities.Table[direction.From], ShippedModalities.Table[direction.To]];
        var real = (await ManifestData.LoadAsync(plan.Manifest, objects, pair, plan.Options.Neighbours, cancel)).Data;
        var folder = Path.Combine(plan.Folder, "phantoms");
        var phantoms = await TrainingThread.RunAsync(() => Phantoms(folder, plan.Options, pair, cancel));
        return phantoms with { Sides = [.. real.Sides.Select((side, number) => side.Train.Count > 0 ? side : Unpaired(side, number))] };

        TrainingSide Unpaired(TrainingSide side, int number) => side with
        {
            Train = [.. phantoms.PairsTrain.Where((_, i) => i % 2 == number).Select(phantom => phantom[side.Profile.Modality])],
        };
    }

    private static TrainingData Phantoms(string folder, TrainingOptions options, ModalityProfile[] pair, CancellationToken cancel)
    {
        PhantomTrainingSet.Write(
            new()
            {
                Output = folder,
                Count = Math.Max(FewestPhantoms, options.Phantoms),
                FirstSeed = (ulong)(uint)options.Seed * SeedsApart,
            },
            cancel);
        var data = PreparedFolder.Load(null, [folder], pair);
        Directory.Delete(folder, recursive: true);
        return data;
    }
}
