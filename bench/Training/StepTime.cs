using System.Diagnostics;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Gateway.TrainingBench;

/// <summary>Where the time of a step on pairs goes, in processor time of this process, so that other work on the machine hardly
/// counts.</summary>
/// <param name="options">The recipe; one direction.</param>
/// <param name="repeats">Times each part is done.</param>
internal sealed class StepTime(TrainingOptions options, int repeats)
{
    private const int Stages = 5;

    /// <returns>Milliseconds by part, the whole step and the sum of its convolutions among them.</returns>
    public IReadOnlyList<(string Part, double Milliseconds)> Run(TrainingData data)
    {
        set_num_threads(1);
        using var state = new TrainingState(options);
        var (way, trainer) = (state.Ways[0], new PairedTrainer(state, data));
        BatchSize shape = new(options.BatchFull, options.FullSize, options.CropSize);
        using var chance = new StepRandom(1, 1, 1);
        using var scope = NewDisposeScope();
        var batch = Batches.Pairs(data, options, way.Direction, way.IsWide, shape, chance);
        var made = way.Make(batch.Source).detach().requires_grad_();
        way.Generator.train();
        return
        [
            ("step", Time(() => { trainer.Step(); state.Step++; })),
            ("convolutions alone", Convolutions(way.Generator, shape).Sum(convolution => Time(convolution))),
            ("network, forward and backward", Time(() => way.Make(batch.Source).mean().backward())),
            ("batch", Time(() => Batches.Pairs(data, options, way.Direction, way.IsWide, shape, chance))),
            ("loss, forward and backward", Time(() => PairedLoss.Of(made, batch, options, "", new()).backward())),
            ("optimiser", Time(() => way.GeneratorAdam.Step(1e-5, 0.9, 0.999))),
            ("average of the weights", Time(way.MoveAverage)),
        ];
    }

    private double Time(Action part)
    {
        double best = double.PositiveInfinity;
        for (var i = 0; i <= repeats; i++)
        {
            using var scope = NewDisposeScope();
            var started = Process.GetCurrentProcess().TotalProcessorTime;
            part();
            var took = (Process.GetCurrentProcess().TotalProcessorTime - started).TotalMilliseconds;
            best = i == 0 ? best : Math.Min(best, took);
        }
        return best;
    }

    // Each as in a step: in the step's precision and layout, with gradients of weight and input.
    private IEnumerable<Action> Convolutions(UNetResNet18 network, BatchSize shape)
    {
        var encoder = network.Encoder;
        yield return Alone(encoder.Conv1, shape, shape.Crop, stride: 2, padding: 3, first: true);
        var side = shape.Crop / 4;
        foreach (var block in encoder.Stages.SelectMany(stage => stage))
        {
            yield return Alone(block.Conv1, shape, side, block.Stride);
            if (block.ShortcutConv is not null)
                yield return Alone(block.ShortcutConv, shape, side, block.Stride, padding: 0);
            side /= block.Stride;
            yield return Alone(block.Conv2, shape, side);
        }
        for (var i = 0; i < Stages; i++)
        {
            side *= 2;
            yield return Alone(network.Decoder[i].Conv1, shape, side);
            yield return Alone(network.Decoder[i].Conv2, shape, side);
        }
        yield return Alone(network.Head, shape, side);
    }

    private Action Alone(Conv2d convolution, BatchSize shape, int side, int stride = 1, int padding = 1, bool first = false)
    {
        var type = options.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        var input = Last(randn(shape.Count, convolution.weight!.shape[1], side, side).to_type(type)).requires_grad_(!first);
        Tensor? slope = null;
        return () =>
        {
            var output = convolution.Apply(input, stride, padding);
            slope ??= Last(randn_like(output)).DetachFromDisposeScope();
            output.backward([slope]);
        };
    }

    private static Tensor Last(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).detach();
}
