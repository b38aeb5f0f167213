using Gateway.TrainingWorker.Weights;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Gateway.TrainingWorker.Networks;

/// <summary>A network that somebody trained on photographs, frozen: what it sees in a grey picture, on three scales. Its weights are an
/// operator's file; which network they are of, their names say.</summary>
public sealed class FeatureNetwork : IDisposable
{
    // Of ImageNet's pictures in [0, 1], by which the published networks were trained.
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Deviation = [0.229f, 0.224f, 0.225f];

    private readonly nn.Module _network;
    private readonly Func<Tensor, IEnumerable<(int Place, Tensor Value)>> _features;
    private readonly int[] _places;
    private readonly (Tensor Mean, Tensor Deviation) _usual;

    private FeatureNetwork(Kind kind, string sha256, nn.Module network, Device device)
    {
        (Name, Sha256, _network, _places) = (kind.Name, sha256, network, kind.Places);
        _features = network is Vgg19 vgg ? vgg.Features : ((SqueezeNet)network).Features;
        foreach (var parameter in network.parameters())
            parameter.requires_grad = false;
        network.eval();
        network.to(device);
        _usual = (Usual(Mean), Usual(Deviation));

        Tensor Usual(float[] values) => tensor(values, [1, 3, 1, 1]).to(device).DetachFromDisposeScope();
    }

    /// <summary>Network and layers, e.g. <c>VGG19 (relu1_2, relu2_2, relu3_4)</c>.</summary>
    public string Name { get; }

    /// <summary>Digest of the file of weights, lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>Reads VGG19 by torchvision's names, or SqueezeNet 1.1 by torchvision's or Gluon's; a classifier is not needed.</summary>
    /// <param name="path">A file of any format that <see cref="WeightFile"/> reads.</param>
    /// <param name="device">Where pictures will be; the CPU by default.</param>
    /// <exception cref="InvalidDataException">It is neither, or lacks a layer.</exception>
    public static FeatureNetwork Read(string path, Device? device = null)
    {
        using var scope = NewDisposeScope();
        var file = WeightFile.Read(path);
        var weights = SqueezeNet.Renamed(file.Tensors);
        var kind = weights.ContainsKey("features.3.squeeze.weight") ? Squeezed
            : weights.ContainsKey("features.34.weight") || weights.ContainsKey("features.16.weight") ? Deep
            : throw new InvalidDataException($"{path} holds the weights of neither VGG19 nor SqueezeNet 1.1.");
        var network = kind.Make();
        var missing = WeightLoading.Into(network, weights).Missing.Where(name => kind.Needs(name)).ToList();
        if (missing.Count > 0)
            throw new InvalidDataException($"{path} lacks {string.Join(", ", missing)} of {kind.Name}.");
        return new(kind, file.Sha256, network, device ?? CPU);
    }

    /// <summary>Activations of the three layers; gradients reach the picture, never the weights. They belong to the caller's dispose
    /// scope.</summary>
    /// <param name="grey">N x 1 x H x W in [-1, 1].</param>
    public Tensor[] Of(Tensor grey)
    {
        ArgumentNullException.ThrowIfNull(grey);
        using var scope = NewDisposeScope();
        var colour = (grey.Plus(1).Over(2).expand(-1, 3, -1, -1) - _usual.Mean) / _usual.Deviation;
        var found = new List<Tensor>();
        foreach (var (place, value) in _features(colour))
        {
            if (_places.Contains(place))
                found.Add(value.MoveToOuterDisposeScope());
            if (place == _places[^1])
                break;
        }
        return [.. found];
    }

    /// <summary>N x C: each channel's mean over the picture, the three layers one after another. For distances between sets of
    /// pictures.</summary>
    /// <param name="grey">N x 1 x H x W in [-1, 1].</param>
    public Tensor Pooled(Tensor grey)
    {
        using var scope = NewDisposeScope();
        return cat([.. Of(grey).Select(layer => F.adaptive_avg_pool2d(layer, 1).flatten(1))], 1).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _network.Dispose();
        _usual.Mean.Dispose();
        _usual.Deviation.Dispose();
    }

    private static Kind Deep { get; } = new(
        "VGG19 (relu1_2, relu2_2, relu3_4)", [3, 8, 17], () => new Vgg19(), name => int.Parse(name.Split('.')[1], null) < 17);

    // Iandola et al. count the fire modules from 2. As in VGG19: before the first pool, after it, after the second.
    private static Kind Squeezed { get; } = new(
        "SqueezeNet 1.1 (relu1, fire3, fire5)", [1, 4, 7], () => new SqueezeNet(),
        name => name.Split('.') is ["features", var place, ..] && int.Parse(place, null) <= 7);

    /// <param name="Needs">Whether the layers cannot be had without the parameter of that name.</param>
    private sealed record Kind(string Name, int[] Places, Func<nn.Module> Make, Func<string, bool> Needs);
}
