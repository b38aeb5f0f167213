using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Gateway.TrainingWorker.Networks;

/// <summary>The convolutions of VGG19 (Simonyan and Zisserman 2014) with the names of torchvision's <c>vgg19</c>.</summary>
/// <remarks>Input N x 3 x H x W. 20,024,384 parameters; the classifier of a published file is not used.</remarks>
public sealed class Vgg19 : Module<Tensor, Tensor>
{
    private static readonly (int Channels, int Convolutions)[] Stages = [(64, 2), (128, 2), (256, 4), (512, 4), (512, 4)];

    // The convolution at its place; a rectifier follows it. Null is a pool.
    private readonly List<(int Place, Conv2d? Convolution)> _layers = [];

    public Vgg19() : base(nameof(Vgg19))
    {
        var (place, channels) = (0, 3);
        foreach (var stage in Stages)
        {
            for (var i = 0; i < stage.Convolutions; i++, place += 2)
            {
                _layers.Add((place, Conv2d(channels, stage.Channels, 3, padding: 1)));
                channels = stage.Channels;
            }
            _layers.Add((place++, null));
        }
        var convolutions = _layers.Where(layer => layer.Convolution is not null);
        register_module(
            "features", Sequential([.. convolutions.Select(layer => ($"{layer.Place}", (Module<Tensor, Tensor>)layer.Convolution!))]));
    }

    /// <summary>Rectified convolutions and pools by their place among torchvision's features: relu1_2 is 3, relu2_2 8, relu3_4 17. Only
    /// what is asked for is computed; tensors belong to the caller's dispose scope.</summary>
    public IEnumerable<(int Place, Tensor Value)> Features(Tensor input)
    {
        var x = input;
        foreach (var (place, convolution) in _layers)
        {
            x = convolution is null ? functional.max_pool2d(x, 2) : functional.relu(convolution.call(x));
            yield return (convolution is null ? place : place + 1, x);
        }
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Features(input).Last().Value.MoveToOuterDisposeScope();
    }
}
