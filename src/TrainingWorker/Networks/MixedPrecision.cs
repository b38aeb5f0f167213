using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Networks;

/// <summary>Convolves in the type of the input, with weights kept in float32.</summary>
internal static class MixedPrecision
{
    /// <summary>Like the module's own call, except that a bfloat16 input is convolved in bfloat16. The gradient reaches the float32
    /// weight.</summary>
    public static Tensor Apply(this Conv2d conv, Tensor input, int stride = 1, int padding = 1)
        => nn.functional.conv2d(
            input, conv.weight!.to_type(input.dtype), conv.bias?.to_type(input.dtype), [stride, stride], [padding, padding]);
}
