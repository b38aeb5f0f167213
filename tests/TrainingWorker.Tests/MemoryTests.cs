using Gateway.Testing;
using Gateway.TrainingWorker.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

/// <summary>What a run keeps; how memory behaves over thousands of steps is measured by <c>eng/bench training-memory</c>.</summary>
public sealed class MemoryTests
{
    [Fact]
    public void A_run_with_its_sheets_scores_and_checkpoints_leaves_no_tensor_behind()
    {
        using var folder = new TemporaryDirectory();
        using var state = new TrainingState(TinyHeads.Options with { StepsAdversarial = 12, SheetEvery = 2, CheckpointMinutes = 0 });
        var live = new Live();
        new TrainingRun(state, TinyHeads.Data(), folder.Path, TimeProvider.System, live).Run(CancellationToken.None);

        // Gradients of the discriminators come with the first step of stage B.
        Assert.Single(live.Counts.Where(count => count.Step > state.Options.StepsPaired + 1).Select(count => count.Tensors).Distinct());
    }

    private sealed class Live : IProgress<TrainingProgress>
    {
        public List<(int Step, (long, long) Tensors)> Counts { get; } = [];

        public void Report(TrainingProgress value)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Counts.Add((value.Step, (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Tensor.TotalCount)));
        }
    }
}
