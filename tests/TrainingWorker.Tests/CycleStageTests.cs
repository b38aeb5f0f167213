using System.Text.Json.Nodes;
using Gateway.Imaging.Modalities;
using Gateway.Testing;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

/// <summary>Stage B without an adversary: two directions learn to undo each other.</summary>
public sealed class CycleStageTests : IDisposable
{
    private static readonly TrainingOptions Options = TinyHeads.Options with
    {
        WideChannel = true,
        FindingWeight = 4,
        StepsSmall = 0,
        StepsFull = 0,
        StepsAdversarial = 6,
        AdversarialWeight = 0,
        StructureWeight = 0,
        BackgroundWeight = 0,
        AnchorEvery = 1,
        IdentityWeight = 0,
        CycleNoise = 0.1,
        CyclePairs = 0.5,
        EvaluateEvery = 3,
    };

    private readonly TemporaryDirectory _folder = new();

    [Fact]
    public void Nothing_is_judged_and_both_directions_learn_also_where_one_modality_has_no_real_slices()
    {
        using var state = new TrainingState(Options);
        var before = state.Tensors().ToDictionary(tensor => tensor.Name, tensor => tensor.Value.bytes.ToArray());
        Run(state, WithoutRealCt(), int.MaxValue);

        Assert.Equal(6, state.Step);
        Assert.Equal(["anchor.ct", "anchor.t2", "cycle.ct", "cycle.t2", "wide.anchor.ct"], Losses());
        foreach (var (name, value) in state.Tensors().Where(tensor => tensor.Value.dtype == ScalarType.Float32))
            if (name.StartsWith("discriminator.", StringComparison.Ordinal))
                Assert.True(value.bytes.SequenceEqual(before[name]), name);
        foreach (var number in (int[])[0, 1])
            Assert.Contains(
                state.Tensors(), tensor => tensor.Name.StartsWith($"generator.{number}.", StringComparison.Ordinal)
                    && !tensor.Value.bytes.SequenceEqual(before[tensor.Name]));
    }

    [Fact]
    public void Stopped_and_taken_up_it_ends_with_the_same_weights()
    {
        using var whole = new TrainingState(Options);
        Run(whole, TinyHeads.Data(), int.MaxValue);
        using var first = new TrainingState(Options);
        Run(first, TinyHeads.Data(), stopAfter: 3);
        Assert.Equal(3, first.Step);
        using var second = new TrainingState(Options);
        Checkpoint.Load(_folder.Combine(Checkpoint.FileName), second);
        Run(second, TinyHeads.Data(), int.MaxValue);
        foreach (var ((name, expected), (_, actual)) in whole.Tensors().Zip(second.Tensors()))
            Assert.True(expected.bytes.SequenceEqual(actual.bytes), name);
    }

    [Fact]
    public void An_evaluation_says_what_held_out_slices_become_there_and_back()
    {
        using var state = new TrainingState(Options);
        Run(state, TinyHeads.Data(), int.MaxValue);
        var cycles = File.ReadLines(_folder.Combine(Evaluation.FileName)).Select(line => JsonNode.Parse(line)!["cycle"]!.AsObject())
            .ToList();
        Assert.Equal(2, cycles.Count);
        Assert.All(cycles, cycle => Assert.Equal(["t2-ct", "ct-t2"], cycle.Select(way => way.Key)));
        Assert.All(cycles.SelectMany(cycle => cycle), way => Assert.InRange((double)way.Value!, -1, 0.9999));
    }

    [Fact]
    public void Slices_of_pairs_are_cut_by_the_mask_that_the_product_cuts_by()
    {
        using var scope = NewDisposeScope();
        using var chance = new StepRandom(6, 6, 6);
        var data = WithoutRealCt() with { PairSets = [new() { Name = "flat", Train = [Flat(200)], Test = [] }] };
        byte[] left = [.. Enumerable.Range(0, 32 * 32).Select(i => i % 32 < 16 ? byte.MaxValue : byte.MinValue)];
        var side = data.Sides[1] with { Mask = new("mask", 32, left) };
        var slices = Batches.Slices(data, side, Options, new(2, 16, 16), chance);
        Assert.Equal([2, 1, 16, 16], slices.shape);
        Assert.True(slices.narrow(3, 8, 8).max().item<float>() < -0.9);
        Assert.True(slices.narrow(3, 0, 8).max().item<float>() > 0.1);
    }

    public void Dispose() => _folder.Dispose();

    private static TrainingData WithoutRealCt()
    {
        var data = TinyHeads.Data();
        return data with { Sides = [data.Sides[0], data.Sides[1] with { Train = [] }] };
    }

    private static PreparedPair Flat(byte grey)
    {
        PreparedPicture picture = new("flat", 32, [.. Enumerable.Repeat(grey, 32 * 32)]);
        return new(new Dictionary<Modality, PreparedPicture> { [TinyHeads.T2] = picture, [TinyHeads.Ct] = picture });
    }

    private IEnumerable<string> Losses() => File.ReadLines(_folder.Combine(LossLog.FileName))
        .SelectMany(line => JsonNode.Parse(line)!["losses"]!.AsObject().Select(loss => loss.Key)).Distinct().Order(StringComparer.Ordinal);

    private void Run(TrainingState state, TrainingData data, int stopAfter)
    {
        using var stop = new CancellationTokenSource();
        new TrainingRun(state, data, _folder.Path, TimeProvider.System, new Stop(stopAfter, stop)).Run(stop.Token);
    }

    private sealed class Stop(int after, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step >= after)
                stop.Cancel();
        }
    }
}
