using System.Text.Json.Nodes;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Training;
using Gateway.TrainingWorker.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

public sealed class TrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-training-").FullName;

    [Fact]
    public void A_run_stopped_and_taken_up_again_ends_bit_for_bit_where_the_uninterrupted_one_does()
    {
        using var whole = new TrainingState(TinyHeads.Options);
        Run(whole, stopAfter: int.MaxValue);

        for (var stop = 3; stop <= 6; stop++) // inside stage A, at the seam, and inside stage B
        {
            using var first = new TrainingState(TinyHeads.Options);
            Run(first, stop);
            Assert.Equal(stop, first.Step);
            using var second = new TrainingState(Checkpoint.Options(File) with { Seed = TinyHeads.Options.Seed });
            Checkpoint.Load(File, second);
            Run(second, int.MaxValue);

            Assert.Equal(whole.Counters, second.Counters);
            foreach (var ((name, expected), (_, actual)) in whole.Tensors().Zip(second.Tensors()))
                Assert.True(expected.bytes.SequenceEqual(actual.bytes), $"stopped after {stop}: {name}");
        }
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_the_run_and_the_checkpoint_stays()
    {
        using var state = new TrainingState(TinyHeads.Options with { PairedWarmup = 0 });
        Run(state, stopAfter: 1);
        var kept = System.IO.File.ReadAllBytes(File);
        using (var scope = NewDisposeScope())
        using (var quiet = no_grad())
            state.Ways[1].Generator.Head.bias!.copy_(tensor(float.NaN));

        var fault = Assert.Throws<TrainingDivergedException>(() => Run(state, stopAfter: int.MaxValue));

        Assert.Contains("at step 2, loss t2 is not finite", fault.Message, StringComparison.Ordinal);
        Assert.Equal(kept, System.IO.File.ReadAllBytes(File));
        Assert.Contains("\"losses\":{\"t2\":\"NaN\"}", System.IO.File.ReadAllLines(Losses)[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_not_saved_although_the_losses_were()
    {
        using var state = new TrainingState(TinyHeads.Options);
        Run(state, stopAfter: 1);
        var kept = System.IO.File.ReadAllBytes(File);
        using (var scope = NewDisposeScope())
            state.Ways[0].Average.Encoder.Norm1.RunningVariance.copy_(tensor(float.PositiveInfinity));
        var fault = Assert.Throws<TrainingDivergedException>(() => Checkpoint.Save(File, state));
        Assert.Contains("average.0.encoder.bn1.running_var", fault.Message, StringComparison.Ordinal);
        Assert.Equal(kept, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void A_rate_of_a_thousand_million_does_not_train_to_the_end()
    {
        using var state = new TrainingState(TinyHeads.Options with { GeneratorRate = 1e9 });
        Assert.Throws<TrainingDivergedException>(() => Run(state, stopAfter: int.MaxValue));
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void Every_step_leaves_its_losses_and_a_run_taken_up_again_leaves_each_once()
    {
        using var state = new TrainingState(TinyHeads.Options);
        Run(state, stopAfter: int.MaxValue);
        var whole = System.IO.File.ReadAllLines(Losses).Select(Step).ToList();
        using var second = new TrainingState(TinyHeads.Options);
        Run(second, stopAfter: 3);
        // What a killed run left behind its checkpoint.
        System.IO.File.AppendAllLines(Losses, ["{\"step\":4,\"stage\":\"paired\"}", "{\"ste"]);
        Run(second, stopAfter: int.MaxValue);

        Assert.Equal(whole, System.IO.File.ReadAllLines(Losses).Select(Step));
        Assert.Equal(Enumerable.Range(1, 8), whole.Select(step => step.Step));
        Assert.Equal(["ct", "t2", "ct", "t2"], whole[..4].Select(step => step.Losses));
        Assert.All(whole[4..], step => Assert.StartsWith("adv.ct cycle.ct mind.ct air.ct", step.Losses, StringComparison.Ordinal));
        Assert.All(whole, step => Assert.Equal((true, step.Step > 4), (step.Rate > 0, step.DiscriminatorRate > 0)));

        static (int Step, string Losses, double Rate, double DiscriminatorRate) Step(string line)
        {
            var json = JsonNode.Parse(line)!;
            Assert.True((double)json["seconds"]! >= 0);
            return ((int)json["step"]!, string.Join(
                ' ', json["losses"]!.AsObject().Select(loss => loss.Key)), (double)json["generatorRate"]!,
                (double?)json["discriminatorRate"] ?? 0);
        }
    }

    [Fact]
    public void Convolving_in_bfloat16_gives_nearly_the_same_image_and_float32_gradients()
    {
        using var scope = NewDisposeScope();
        using var state = new TrainingState(TinyHeads.Options with { BFloat16 = true, GeneratorWidth = 8 });
        var way = state.Ways[0];
        way.Generator.TrainWithFrozenStatistics();
        var image = Batches.Stack([TinyHeads.Pair(0)[TinyHeads.T2]]);
        var (coarse, fine) = (way.Generate(image), way.Generator.call(image));
        coarse.mean().backward();
        Assert.InRange((coarse - fine).abs().max().item<float>(), 1e-7, 0.1);
        Assert.Equal(ScalarType.Float32, way.Generator.Encoder.Conv1.weight!.grad!.dtype);
    }

    [Fact]
    public void Steps_of_both_stages_leave_no_tensor_behind()
    {
        using var state = new TrainingState(TinyHeads.Options with { StepsAdversarial = 40 });
        var (paired, cycle) = (new PairedTrainer(state, TinyHeads.Data()), new CycleGanTrainer(state, TinyHeads.Data()));
        for (; state.Step < 4; state.Step++)
            paired.Step();
        paired.Finish();
        var live = new List<(long Thread, long Process)>();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        for (; state.Step < 16; state.Step++)
        {
            cycle.Step();
            live.Add((DisposeScopeManager.Statistics.ThreadTotalLiveCount, Tensor.TotalCount));
        }
        Assert.Single(live[4..].Distinct());
    }

    [Fact]
    public void Two_heads_are_learnt_by_heart()
    {
        var options = TinyHeads.Options with
        {
            GeneratorWidth = 8,
            StepsSmall = 0,
            StepsFull = 160,
            CropSize = TinyHeads.Size,
            PairedWarmup = 5,
            PairedRate = 3e-3,
            PairedRateEnd = 1e-3,
        };
        var data = TinyHeads.With(TinyHeads.Pair(0), TinyHeads.Pair(4));
        using var state = new TrainingState(options);
        var trainer = new PairedTrainer(state, data);
        var losses = new List<double>();
        for (; state.Step < options.StepsFull; state.Step++)
            if (trainer.Step().Losses.TryGetValue("ct", out var loss))
                losses.Add(loss);
        Assert.True(losses[^5..].Average() < 0.5 * losses[..2].Average(), $"{losses[0]:F3} -> {losses[^1]:F3}");
    }

    [Fact]
    public void The_seam_measures_statistics_and_makes_network_and_average_equal()
    {
        using var state = new TrainingState(TinyHeads.Options);
        var trainer = new PairedTrainer(state, TinyHeads.Data());
        for (; state.Step < 4; state.Step++)
            trainer.Step();
        trainer.Finish();
        foreach (var way in state.Ways)
        {
            Assert.All(
                way.Average.state_dict().Zip(way.Generator.state_dict()),
                pair => Assert.True(pair.First.Value.bytes.SequenceEqual(pair.Second.Value.bytes)));
            Assert.Equal(TinyHeads.Options.CalibrationBatches, way.Average.Encoder.Norm1.Batches.item<long>());
            Assert.False(way.Average.training);
        }
    }

    [Fact]
    public void A_sheet_shows_three_rows_a_direction_and_says_what_it_is()
    {
        using var state = new TrainingState(TinyHeads.Options);
        var path = Path.Combine(_folder, "sheet.png");
        SampleSheet.Write(path, state, TinyHeads.Data());
        var sheet = Imaging.Files.PngFile.Read(path);
        // One test slice, two training slices, two phantoms, each 128 pixels wide at least.
        const int line = 22, shown = 128;
        Assert.Equal((5 * shown, (6 * shown) + line), (sheet.Width, sheet.Height));
        Assert.True(sheet.Pixels.Take(line * sheet.Width).Count(pixel => pixel > 200) > 500);
    }

    [Fact]
    public void Our_adam_steps_as_the_librarys_does()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var ours = nn.Linear(37, 3);
        using var theirs = nn.Linear(37, 3);
        theirs.load_state_dict(ours.state_dict());
        using var adam = new Adam(ours);
        using var reference = optim.Adam(theirs.parameters(), lr: 0.01, beta1: 0.5, beta2: 0.999);
        for (var i = 0; i < 5; i++)
        {
            var input = randn(4, 37);
            adam.ForgetGradients();
            reference.zero_grad();
            ours.call(input).Squared().mean().backward();
            theirs.call(input).Squared().mean().backward();
            adam.Step(0.01, 0.5, 0.999);
            reference.step();
        }
        Assert.True((ours.weight! - theirs.weight!).abs().max().item<float>() < 1e-6f);
    }

    [Fact]
    public void The_pool_gives_back_what_it_was_given_and_later_older_images()
    {
        using var scope = NewDisposeScope();
        using var chance = new StepRandom(1, 1, 1);
        using var pool = new ImagePool(3, 4);
        var given = Enumerable.Range(1, 60)
            .Select(i => pool.Exchange(ones(1, 1, 4, 4).Times(i), chance)[0, 0, 0, 0].item<float>()).ToArray();
        Assert.Equal([1, 2, 3], given[..3]);
        Assert.Equal(3, pool.Count);
        var older = given.Index().Count(g => g.Item < g.Index + 1);
        Assert.InRange(older, 15, 42);
    }

    [Fact]
    public void A_tensor_of_another_shape_is_refused_by_name()
    {
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(File, [("a", ones(2, 3)), ("b", tensor(7L))], new Dictionary<string, string> { ["k"] = "v" });
        using var file = SafetensorsFile.Open(File);
        var (fits, count) = (zeros(2, 3), tensor(0L));
        file.CopyTo("a", fits);
        file.CopyTo("b", count);
        Assert.Equal((6f, 7L, "v"), (fits.sum().item<float>(), count.item<long>(), file.Metadata["k"]));
        Assert.Contains(
            "a is F32 [2,3]", Assert.Throws<InvalidDataException>(() => file.CopyTo("a", zeros(3, 2))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => file.CopyTo("c", zeros(1)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File => Path.Combine(_folder, Checkpoint.FileName);

    private string Losses => Path.Combine(_folder, LossLog.FileName);

    private void Run(TrainingState state, int stopAfter)
    {
        using var stop = new CancellationTokenSource();
        var progress = new StopAfter(stopAfter, stop);
        new TrainingRun(state, TinyHeads.Data(), _folder, TimeProvider.System, progress).Run(stop.Token);
    }

    // A progress line is due after every step.
    private sealed class StopAfter(int step, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step >= step)
                stop.Cancel();
        }
    }
}
