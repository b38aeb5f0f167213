using Gateway.TrainingWorker.Data;

namespace Gateway.TrainingWorker.Training;

/// <summary>Trains both generators in this process, without bus or database.</summary>
public static class TrainCommand
{
    /// <summary>Runs until done or cancelled; a cancelled run is taken up again with <see cref="TrainingRequest.Resume"/>.</summary>
    public static void Run(TrainingRequest request, TimeProvider time, IProgress<TrainingProgress> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        Directory.CreateDirectory(request.Out);
        var data = PreparedFolder.Load(request.Real, request.Paired, request.Options.LeastNccInside);
        using var state = new TrainingState(request.Options);
        var checkpoint = Path.Combine(request.Out, Checkpoint.FileName);
        if (request.Resume && File.Exists(checkpoint))
            Checkpoint.Load(checkpoint, state);
        new TrainingRun(state, data, request.Out, time, progress).Run(cancel);
    }
}
