using Gateway.Testing;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Training;
using Gateway.TrainingWorker.Weights;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

/// <summary>A job that goes on from the champions begins as the function that they are.</summary>
public sealed class FoldedWeightsTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("t2-ct"), InlineData("ct-t2")]
    public void A_network_filled_from_a_shipped_model_computes_the_same(string direction)
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(Repository.Root, "models", direction + ".onnx");
        var file = FoldedGenerator.Read(System.IO.File.ReadAllBytes(path));
        using var network = new UNetResNet18(file.Width, outputs: file.Outputs);
        FoldedWeights.Fill(network, file);

        Assert.Equal(direction, file.Info.Direction);
        Assert.InRange(OnnxParity.ToNetwork(network, path, Input()), 0, OnnxParity.Limit);
    }

    [Fact]
    public void It_stays_the_same_through_a_run_that_learns_nothing()
    {
        using var scope = NewDisposeScope();
        var path = _folder.Combine("parent.onnx");
        using var parent = Trained();
        OnnxExporter.Write(
            path, parent,
            new() { Direction = "t2-ct", HuLow = -20, HuHigh = 100, Model = "tiny", Version = "1", TrainedOn = "nothing" }, half: true);
        var options =
            TinyHeads.Options with { StepsSmall = 0, StepsFull = 0, StepsAdversarial = 2, GeneratorRate = 0, Parents = ["a", "b"] };
        using var state = new TrainingState(options);
        foreach (var way in state.Ways)
        {
            FoldedWeights.Fill(way.Generator, FoldedGenerator.Read(System.IO.File.ReadAllBytes(path)));
            WeightAverage.Copy(way.Generator, way.Average);
        }

        new TrainingRun(state, TinyHeads.Data(), _folder.Path, TimeProvider.System, new Silence()).Run(CancellationToken.None);

        Assert.Equal(2, state.Step);
        Assert.InRange(OnnxParity.ToNetwork(state.Ways[0].Average, path, Input()), 0, OnnxParity.Limit);
        Assert.InRange(OnnxParity.ToNetwork(state.Ways[1].Generator, path, Input()), 0, OnnxParity.Limit);
    }

    [Fact]
    public void A_model_of_another_width_fills_nothing()
    {
        using var scope = NewDisposeScope();
        var file = FoldedGenerator.Read(System.IO.File.ReadAllBytes(Path.Combine(Repository.Root, "models", "t2-ct.onnx")));
        using var network = new UNetResNet18(8);
        var before = network.Head.weight!.clone();

        Assert.Throws<InvalidDataException>(() => FoldedWeights.Fill(network, file));
        Assert.True(before.Equals(network.Head.weight!));
    }

    private static Tensor Input()
    {
        using var chance = new StepRandom(3, 0, 0);
        return chance.Normal(1, 1, 64, 64).Within(-1, 1);
    }

    // With statistics that are not those of a new network.
    private static UNetResNet18 Trained()
    {
        random.manual_seed(5);
        var network = new UNetResNet18(TinyHeads.Options.GeneratorWidth);
        network.train();
        network.call(Input());
        network.eval();
        return network;
    }

    private sealed class Silence : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
        }
    }
}
