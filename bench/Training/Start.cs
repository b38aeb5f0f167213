using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Training;
using TorchSharp;

namespace Gateway.TrainingBench;

/// <summary>One start of a trainer at the published width: a few steps of both stages with sheet, checkpoint and export, while the
/// collector runs without pause.</summary>
internal static class Start
{
    private static readonly TrainingOptions Options = new()
    {
        StepsSmall = 2,
        StepsFull = 2,
        StepsAdversarial = 4,
        PenaltyEvery = 2,
        CalibrationBatches = 2,
        ProgressEvery = 1,
        SheetEvery = 8,
    };

    /// <param name="pictures">Receives the pictures to train on.</param>
    /// <param name="folder">Receives what training leaves.</param>
    /// <returns>How many collections there were.</returns>
    public static int Run(string pictures, string folder)
    {
        Directory.CreateDirectory(folder);
        var data = Heads.Data(pictures);
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() => Collect(stop.Token));
        collector.Start();
        try
        {
            using (var state = new TrainingState(Options))
            {
                new TrainingRun(state, data, folder, TimeProvider.System, new Silence()).Run(CancellationToken.None);
                Export(state, Path.Combine(folder, "model.onnx"));
            }
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
        return GC.CollectionCount(2);
    }

    private static void Export(TrainingState state, string path)
    {
        using var scope = torch.NewDisposeScope();
        using var chance = new StepRandom(1, 1, 1);
        var info = new OnnxModelInfo
        {
            Direction = "t2-ct",
            HuLow = -1000,
            HuHigh = 1000,
            Model = "bench",
            Version = "0",
            TrainedOn = "phantoms",
        };
        OnnxExporter.Write(path, state.Ways[0].Average, info, half: false);
        var parity = OnnxParity.ToNetwork(state.Ways[0].Average, path, chance.Normal(1, 1, 256, 256));
        if (!(parity <= OnnxParity.Limit))
            throw new InvalidDataException($"The export differs by {parity}.");
    }

    private static void Collect(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private sealed class Silence : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
        }
    }
}
