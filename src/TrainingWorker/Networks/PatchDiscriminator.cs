using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Gateway.TrainingWorker.Networks;

/// <summary>The 70x70 PatchGAN of Isola et al. 2017: every output judges one 70-pixel patch as real (1) or made (0).</summary>
/// <remarks>N x 1 x 256 x 256 gives N x 1 x 30 x 30. There is no sigmoid, since it is trained by least squares (Mao et al. 2017).</remarks>
public sealed class PatchDiscriminator : Module<Tensor, Tensor>
{
    private readonly Conv2d[] _convolutions;

    /// <param name="width">Channels of the first layer; 64 as published.</param>
    public PatchDiscriminator(int width = 64) : base(nameof(PatchDiscriminator))
    {
        _convolutions =
        [
            Conv2d(1, width, 4, stride: 2, padding: 1),
            Conv2d(width, 2 * width, 4, stride: 2, padding: 1),
            Conv2d(2 * width, 4 * width, 4, stride: 2, padding: 1),
            Conv2d(4 * width, 8 * width, 4, stride: 1, padding: 1),
            Conv2d(8 * width, 1, 4, stride: 1, padding: 1),
        ];
        for (var i = 0; i < _convolutions.Length; i++)
        {
            init.normal_(_convolutions[i].weight!, 0, 0.02);
            init.zeros_(_convolutions[i].bias!);
            register_module($"conv{i}", _convolutions[i]);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = _convolutions[0].call(input).LeakyRelu(0.2);
        for (var i = 1; i < _convolutions.Length - 1; i++)
            x = functional.instance_norm(_convolutions[i].call(x)).LeakyRelu(0.2);
        return _convolutions[^1].call(x).MoveToOuterDisposeScope();
    }
}
