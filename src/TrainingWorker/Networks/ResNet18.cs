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
    private readonly (ResNetEncoder Encoder, Linear Last) _layers;

    /// <param name="width">Channels of the first stage; 64 as published.</param>
    public ResNet18(int channels = 3, int classes = 1000, int width = UNetResNet18.PublishedWidth) : base(nameof(ResNet18))
    {
        _layers = (new ResNetEncoder(width, channels), Linear(8 * width, classes));
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

    /// <summary>What a file for colour pictures gives a network for grey ones, as segmentation_models.pytorch has it: the first
    /// convolution's weights summed over the colours, and no classifier. Batch norms may be folded.</summary>
    /// <param name="prefix">Put before every name: <c>encoder.</c> for the generator's.</param>
    public static IReadOnlyDictionary<string, Weight> Grey(IReadOnlyDictionary<string, Weight> weights, string prefix = "") =>
        Unfolded(weights).Where(pair => !pair.Key.StartsWith("fc.", StringComparison.Ordinal)).ToDictionary(
            pair => prefix + pair.Key, pair => pair.Key == "conv1.weight" ? Summed(pair.Value) : pair.Value, StringComparer.Ordinal);

    private static Weight Summed(Weight weight)
    {
        var (filters, colours, area) = ((int)weight.Shape[0], (int)weight.Shape[1], (int)(weight.Shape[2] * weight.Shape[3]));
        var sums = new float[filters * area];
        for (var i = 0; i < weight.Values.Length; i++)
            sums[i / (colours * area) * area + i % area] += weight.Values[i];
        return new([filters, 1, weight.Shape[2], weight.Shape[3]], sums);
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
