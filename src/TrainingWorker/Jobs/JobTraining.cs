using Gateway.Persistence;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Training;
using Gateway.TrainingWorker.Weights;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>The steps of a job. The first method on the way that knows torch: whoever calls it loads the library.</summary>
internal static class JobTraining
{
    /// <summary>Goes on from the checkpoint in the job's folder, else starts from the recipe's parents, else anew; leaves a
    /// checkpoint.</summary>
    /// <returns>Whether all steps are done.</returns>
    /// <exception cref="TrainingDeviceException">The device is not here.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight is not finite.</exception>
    public static bool Run(
        JobPlan plan, TrainingData data, string device, IObjectStore objects, TimeProvider time, IProgress<TrainingProgress> progress,
        CancellationToken stop)
    {
        using var state = new TrainingState(plan.Options, TrainingDevice.Of(device));
        if (File.Exists(plan.Checkpoint))
            Checkpoint.Load(plan.Checkpoint, state);
        else
            Begin(state, plan.Options, objects);
        var run = new TrainingRun(state, data, plan.Folder, time, progress);
        run.Run(stop);
        return run.IsDone;
    }

    private static void Begin(TrainingState state, TrainingOptions options, IObjectStore objects)
    {
        foreach (var (way, digest) in state.Ways.Zip(options.Parents))
        {
            FoldedWeights.Fill(way.Generator, FoldedGenerator.Read(objects, digest));
            WeightAverage.Copy(way.Generator, way.Average);
        }
    }
}
