using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Gateway.TrainingBench;

/// <summary>The convolutions of a generator, each alone and as in a step: in the step's precision and layout, with gradients of weight and
/// input.</summary>
internal sealed class StepConvolutions(UNetResNet18 network, BatchSize shape, bool coarse)
{
    public IEnumerable<Action> All()
    {
        var encoder = network.Encoder;
        yield return Alone(encoder.Conv1, shape.Crop, stride: 2, padding: 3, first: true);
        var side = shape.Crop / 4;
        foreach (var block in encoder.Stages.SelectMany(stage => stage))
        {
            yield return Alone(block.Conv1, side, block.Stride);
            if (block.ShortcutConv is not null)
                yield return Alone(block.ShortcutConv, side, block.Stride, padding: 0);
            side /= block.Stride;
            yield return Alone(block.Conv2, side);
        }
        foreach (var block in network.Decoder)
        {
            side *= 2;
            yield return Alone(block.Conv1, side);
            yield return Alone(block.Conv2, side);
        }
        yield return Alone(network.Head, side);
    }

    private Action Alone(Conv2d convolution, int side, int stride = 1, int padding = 1, bool first = false)
    {
        var type = coarse ? ScalarType.BFloat16 : ScalarType.Float32;
        var input = Last(randn(shape.Count, convolution.weight!.shape[1], side, side).to_type(type)).requires_grad_(!first);
        Tensor? slope = null;
        return () =>
        {
            using var scope = NewDisposeScope();
            convolution.weight.grad = null;
            input.grad = null;
            var output = convolution.Apply(input, stride, padding);
            slope ??= Last(randn_like(output)).DetachFromDisposeScope();
            output.backward([slope]);
        };
    }

    private static Tensor Last(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).detach();
}
