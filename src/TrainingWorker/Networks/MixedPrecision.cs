using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Networks;

/// <summary>Convolutions in the type of their input, with weights kept in float32.</summary>
internal static class MixedPrecision
{
    /// <summary>As the module's own call; a bfloat16 input is convolved in bfloat16 and the gradient reaches the float32 weight.</summary>
    public static Tensor Apply(this Conv2d conv, Tensor input, int stride = 1, int padding = 1)
        => nn.functional.conv2d(input, conv.weight!.to_type(input.dtype), conv.bias?.to_type(input.dtype), [stride, stride], [padding, padding]);
}
