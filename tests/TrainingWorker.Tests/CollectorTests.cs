using System.Security.Cryptography;
using Gateway.Testing;
using Gateway.TrainingWorker.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

/// <summary>Training while the garbage collector runs without pause: what native code still reads must not be freed.</summary>
public sealed class CollectorTests
{
    [Fact]
    public void Twenty_calibrations_at_full_width_measure_the_same_while_another_thread_collects()
    {
        using var state = new TrainingState(TinyHeads.Options with { GeneratorWidth = 64, FullSize = 32, CalibrationBatches = 10 });
        var trainer = new PairedTrainer(state, TinyHeads.Data());
        trainer.Finish();
        var expected = Digest(state);
        WhileCollecting(() =>
        {
            for (var i = 0; i < 10; i++) // Two directions each.
            {
                trainer.Finish();
                Assert.Equal(expected, Digest(state));
            }
        });
    }

    [Fact]
    public void Steps_of_both_stages_end_bit_for_bit_alike_while_another_thread_collects()
    {
        var options = TinyHeads.Options with { StepsSmall = 10, StepsFull = 10, StepsAdversarial = 20 };
        var expected = Trained(options);
        WhileCollecting(() => Assert.Equal(expected, Trained(options)));
    }

    [Fact]
    public void No_tensor_is_made_outside_a_scope_where_the_collector_could_free_it()
    {
        using var state = new TrainingState(TinyHeads.Options);
        DisposeScopeManager.Statistics.Reset();
        Train(state);
        using var folder = new TemporaryDirectory();
        Checkpoint.Save(folder.Combine(Checkpoint.FileName), state);
        Checkpoint.Load(folder.Combine(Checkpoint.FileName), state);
        SampleSheet.Write(folder.Combine("sheet.png"), state, TinyHeads.Data());
        PairedScore.Of(state, TinyHeads.Data());
        Assert.Equal(0, DisposeScopeManager.Statistics.CreatedOutsideScopeCount);
    }

    private static string Trained(TrainingOptions options)
    {
        using var state = new TrainingState(options);
        Train(state);
        return Digest(state);
    }

    private static void Train(TrainingState state)
    {
        var (paired, cycle) = (new PairedTrainer(state, TinyHeads.Data()), new CycleGanTrainer(state, TinyHeads.Data()));
        for (; state.Step < state.Options.StepsPaired; state.Step++)
            paired.Step();
        paired.Finish();
        for (; state.Step < state.Options.StepsTotal; state.Step++)
            cycle.Step();
    }

    private static string Digest(TrainingState state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var value in state.Ways.SelectMany(way => way.Generator.state_dict().Values))
            hash.AppendData(value.bytes);
        return Convert.ToHexString(hash.GetCurrentHash());
    }

    private static void WhileCollecting(Action action)
    {
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            action();
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }
}
