using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingBench;

/// <summary>A run of both stages with narrow networks, with its losses, sheets, scores and checkpoints, looked at every 100
/// steps.</summary>
internal sealed class MemoryRun(int steps) : IProgress<TrainingProgress>
{
    /// <summary>Steps of each stage before the first look that counts: pools fill, code is compiled anew, buffers find their
    /// size.</summary>
    public const int WarmUp = 500;

    private const int Every = 100;

    private readonly List<MemoryPoint> _points = [];

    public TrainingOptions Options { get; } = new()
    {
        GeneratorWidth = 8,
        DiscriminatorWidth = 8,
        StepsSmall = WarmUp / 2,
        StepsFull = WarmUp / 2,
        StepsAdversarial = WarmUp + steps,
        SmallSize = 64,
        FullSize = 128,
        CropSize = 96,
        CalibrationBatches = 4,
        CheckpointMinutes = 0.2,
        ProgressEvery = Every,
        SheetEvery = 250,
    };

    /// <summary>After the warm-up, and every 100 steps from there to the end.</summary>
    public IReadOnlyList<MemoryPoint> Run(TrainingData data, string folder)
    {
        Directory.CreateDirectory(folder);
        using var state = new TrainingState(Options);
        new TrainingRun(state, data, folder, TimeProvider.System, this).Run(CancellationToken.None);
        return _points;
    }

    public void Report(TrainingProgress value)
    {
        if (value.Note is not null)
            return;
        var point = MemoryPoint.Now(value.Step);
        if (value.Step >= 2 * WarmUp)
            _points.Add(point);
        Console.Error.WriteLine($"{value.Step}/{value.StepsTotal}: {point.Resident / 1024.0:0.0} MiB resident, {point.Tensors} tensors");
    }
}
