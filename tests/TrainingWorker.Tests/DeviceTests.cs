using System.Text.RegularExpressions;
using Gateway.Testing;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using Gateway.TrainingWorker.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

/// <summary>Training on a device that is not the CPU. Torch's own <c>meta</c> stands for one: it computes shapes and no numbers, and
/// refuses, as a GPU does, to work on a tensor that was left on the CPU.</summary>
public sealed partial class DeviceTests
{
    [Theory]
    [InlineData(DeviceType.CPU)]
    [InlineData(DeviceType.META)]
    public void All_that_a_step_changes_is_on_the_device_and_stays_there(DeviceType type)
    {
        using var state = new TrainingState(TinyHeads.Options, new Device(type));
        AllOn(type, state);
        foreach (var way in state.Ways)
        {
            using var scope = NewDisposeScope();
            using var chance = new StepRandom(1, 1, 1, state.Device);
            foreach (var (network, adam) in new (nn.Module,
                Adam)[] { (way.Generator, way.GeneratorAdam), (way.Discriminator, way.DiscriminatorAdam) })
            {
                network.parameters().Select(value => value.Squared().sum()).Aggregate((sum, next) => sum.Plus(next)).backward();
                adam.Step(0.01, 0.5, 0.999);
                adam.ForgetGradients();
                adam.Reset();
            }
            way.MoveAverage();
            for (var i = 0; i < 4; i++)
                Assert.Equal(type, way.Pool.Exchange(chance.Normal(1, 1, 32, 32), chance).device_type);
        }
        AllOn(type, state);
    }

    [Fact]
    public void Losses_are_where_the_images_are()
    {
        using var scope = NewDisposeScope();
        var (image, other) = (zeros(1, 1, 32, 32, device: META), zeros(1, 1, 32, 32, device: META));
        Tensor[] losses = [ImageLosses.Mind(image), ImageLosses.Background(image, other), ImageLosses.LeastSquares(image, 1)];
        Assert.All(losses, loss => Assert.Equal(DeviceType.META, loss.device_type));
    }

    [Fact]
    public void A_picture_is_put_on_the_device()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(DeviceType.META, Batches.Stack([TinyHeads.Pair(0)[TinyHeads.T2]], META).device_type);
    }

    [Fact]
    public void A_tensor_left_on_the_cpu_is_noticed()
    {
        using var state = new TrainingState(TinyHeads.Options, META);
        using var scope = NewDisposeScope();
        Assert.Contains(
            "Meta", Assert.ThrowsAny<Exception>(() => state.Ways[0].Generate(zeros(1, 1, 32, 32))).Message, StringComparison.Ordinal);
    }

    // Torch computes no convolution on meta, so the lines that make tensors are read too.
    [Fact]
    public void No_line_makes_a_tensor_without_saying_where()
    {
        string[] folders = ["Training", "Data", "Losses"];
        var makers = Directory.GetFiles(Path.Combine(Repository.Root, "src", "TrainingWorker"), "*.cs", SearchOption.AllDirectories)
            .Where(file => folders.Contains(Path.GetFileName(Path.GetDirectoryName(file))))
            .SelectMany(file => File.ReadLines(file).Select(line => (File: Path.GetFileName(file), Line: line.Trim())))
            .Where(line => !line.Line.StartsWith("//", StringComparison.Ordinal) && Maker().IsMatch(line.Line))
            .ToList();
        Assert.True(makers.Count >= 8, "the lines are found");
        Assert.DoesNotContain(
            makers, line => !line.Line.Contains("device:", StringComparison.Ordinal)
                && !line.Line.Contains(".to(", StringComparison.Ordinal));
    }

    [Fact]
    public void Random_numbers_are_the_same_on_every_device_and_put_there()
    {
        using var scope = NewDisposeScope();
        using var here = new StepRandom(1, 2, 3);
        using var there = new StepRandom(1, 2, 3, META);
        Assert.Equal(DeviceType.META, there.Normal(4).device_type);
        here.Normal(4);
        Assert.Equal(here.Uniform(0, 1), there.Uniform(0, 1));
    }

    [Fact]
    public void Adam_steps_on_a_device_as_it_does_on_the_cpu()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var first = nn.Linear(37, 3);
        using var second = nn.Linear(37, 3);
        second.load_state_dict(first.state_dict());
        using var inMemory = new Adam(first);
        using var byOperators = new Adam(second, byOperators: true);
        for (var i = 0; i < 5; i++)
        {
            var input = randn(4, 37);
            foreach (var (network, adam) in new[] { (first, inMemory), (second, byOperators) })
            {
                adam.ForgetGradients();
                network.call(input).Squared().mean().backward();
                adam.Step(0.01, 0.5, 0.999);
            }
        }
        Assert.True((first.weight! - second.weight!).abs().max().item<float>() < 1e-6f);
    }

    [Fact]
    public void A_checkpoint_written_on_one_device_fills_a_state_on_another()
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine(Checkpoint.FileName);
        using var here = new TrainingState(TinyHeads.Options) { Step = 3 };
        Checkpoint.Save(file, here);
        using var there = new TrainingState(TinyHeads.Options, META);
        Checkpoint.Load(file, there);
        Assert.Equal(3, there.Step);
        AllOn(DeviceType.META, there);
    }

    [Fact]
    public void A_run_begun_on_a_gpu_if_there_is_one_is_taken_up_on_the_cpu()
    {
        using var folder = new TemporaryDirectory();
        using var first = new TrainingState(TinyHeads.Options, TrainingDevice.Of("auto"));
        using var stop = new CancellationTokenSource();
        new TrainingRun(first, TinyHeads.Data(), folder.Path, TimeProvider.System, new StopAt(6, stop)).Run(stop.Token);
        AllOn(first.Device.type, first);
        using var second = new TrainingState(TinyHeads.Options);
        Checkpoint.Load(folder.Combine(Checkpoint.FileName), second);
        foreach (var (there, here) in PairedScore.Of(first, TinyHeads.Data()).Zip(PairedScore.Of(second, TinyHeads.Data())))
            Assert.Equal(there.Mae, here.Mae, 1e-3);
        new TrainingRun(second, TinyHeads.Data(), folder.Path, TimeProvider.System, new Progress<TrainingProgress>())
            .Run(CancellationToken.None);
        Assert.Equal(TinyHeads.Options.StepsTotal, second.Step);
    }

    [Fact]
    public void What_is_asked_for_and_not_here_is_told_in_one_sentence()
    {
        Assert.Equal(DeviceType.CPU, TrainingDevice.Of("cpu").type);
        Assert.Equal(cuda.is_available() ? DeviceType.CUDA : DeviceType.CPU, TrainingDevice.Of("auto").type);
        Assert.Equal(
            "tpu is no device to train on; there are auto, cpu, cuda.",
            Assert.Throws<TrainingDeviceException>(() => TrainingDevice.Of("tpu")).Message);
        Assert.StartsWith(cuda.is_available() ? "cuda, " : "cpu, torch ", TrainingDevice.Describe("auto"), StringComparison.Ordinal);
        if (cuda.is_available())
            return;
        var missing = Assert.Throws<TrainingDeviceException>(() => TrainingDevice.Of("cuda")).Message;
        Assert.StartsWith("Training was asked to run on cuda, and torch finds none: ", missing, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', missing);
    }

    [Fact]
    public void A_run_on_a_device_that_is_not_here_makes_no_folder()
    {
        using var folder = new TemporaryDirectory();
        var request = new TrainingRequest { Paired = ["nowhere"], Out = folder.Combine("out"), Device = "nowhere" };
        Assert.Throws<TrainingDeviceException>(
            () => TrainCommand.Run(request, TimeProvider.System, new Progress<TrainingProgress>(), CancellationToken.None));
        Assert.False(Directory.Exists(request.Out));
    }

    private static void AllOn(DeviceType type, TrainingState state)
    {
        Assert.All(
            state.Tensors(), tensor => Assert.True(tensor.Value.device_type == type, $"{tensor.Name} is on {tensor.Value.device_type}"));
        Assert.All(state.Ways, way => Assert.All(way.Generator.parameters(), value => Assert.True(value.requires_grad)));
    }

    private sealed class StopAt(int step, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step >= step)
                stop.Cancel();
        }
    }

    [GeneratedRegex(@"(?<![\w.])(tensor|zeros|ones|full|empty|arange|linspace|eye|rand|randn)\(")]
    private static partial Regex Maker();
}
