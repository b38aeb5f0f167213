using Gateway.TrainingWorker.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using BatchNorm = Gateway.TrainingWorker.Networks.BatchNorm;

namespace Gateway.TrainingWorker.Networks;

/// <summary>ResNet-18 (He et al. 2015) with the names of torchvision's <c>resnet18</c>; as a discriminator it has one class.</summary>
/// <remarks>Input N x channels x H x W, output N x classes. 11,689,512 parameters for three channels and 1000 classes.</remarks>
public sealed class ResNet18 : Module<Tensor, Tensor>
{
    private const int Width = 64;

    private readonly (ResNetEncoder Encoder, Linear Last) _layers;

    public ResNet18(int channels = 3, int classes = 1000) : base(nameof(ResNet18))
    {
        _layers = (new ResNetEncoder(Width, channels), Linear(8 * Width, classes));
        foreach (var (name, module) in _layers.Encoder.named_children())
            register_module(name, module);
        register_module("fc", _layers.Last);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return _layers.Last.call(_layers.Encoder.call(input).mean([2, 3])).MoveToOuterDisposeScope();
    }

    /// <summary>Weights whose batch norms were folded into the convolutions, for the network with batch norms: each bias becomes a batch
    /// norm that only adds it. Weights with running statistics stay as they are.</summary>
    public static IReadOnlyDictionary<string, Weight> Unfolded(IReadOnlyDictionary<string, Weight> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Keys.Any(name => name.EndsWith("running_var", StringComparison.Ordinal)))
            return weights;
        var unfolded = new Dictionary<string, Weight>(StringComparer.Ordinal);
        foreach (var (name, weight) in weights)
        {
            if (NormOf(name) is not { } norm)
            {
                unfolded[name] = weight;
                continue;
            }
            unfolded[norm + ".weight"] = Same(weight, 1);
            unfolded[norm + ".bias"] = weight;
            unfolded[norm + ".running_mean"] = Same(weight, 0);
            unfolded[norm + ".running_var"] = Same(weight, (float)(1 - BatchNorm.UsualEpsilon));
        }
        return unfolded;
    }

    private static Weight Same(Weight weight, float value) => weight with { Values = [.. Enumerable.Repeat(value, weight.Values.Length)] };

    private static string? NormOf(string name) => name.Split('.') switch
    {
        [.. var path, "conv1", "bias"] => string.Join('.', [.. path, "bn1"]),
        [.. var path, "conv2", "bias"] => string.Join('.', [.. path, "bn2"]),
        [.. var path, "downsample", "0", "bias"] => string.Join('.', [.. path, "downsample", "1"]),
        _ => null,
    };
}
