using System.Globalization;
using Gateway.TrainingWorker.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Gateway.TrainingWorker.Networks;

/// <summary>SqueezeNet 1.1 (Iandola et al. 2016) with the names of torchvision's <c>squeezenet1_1</c>.</summary>
/// <remarks>Input N x 3 x H x W, output N x 1000. 1,235,496 parameters.</remarks>
public sealed class SqueezeNet : Module<Tensor, Tensor>
{
    // Squeezed and expanded channels of each fire module, by its place among the features.
    private static readonly (int Place, int Squeezed, int Expanded)[] Fires =
        [(3, 16, 64), (4, 16, 64), (6, 32, 128), (7, 32, 128), (9, 48, 192), (10, 48, 192), (11, 64, 256), (12, 64, 256)];

    private static readonly int[] Pools = [2, 5, 8];

    private readonly (Conv2d First, Fire[] Fires, Conv2d Last) _layers;

    public SqueezeNet() : base(nameof(SqueezeNet))
    {
        var fires = new Fire[Fires.Length];
        for (var (i, channels) = (0, 64); i < fires.Length; channels = 2 * Fires[i++].Expanded)
            fires[i] = new(channels, Fires[i].Squeezed, Fires[i].Expanded);
        _layers = (Conv2d(3, 64, 3, stride: 2), fires, Conv2d(512, 1000, 1));
        register_module("features", Sequential(
            [("0", (Module<Tensor, Tensor>)_layers.First), .. Fires.Select(
                (fire, i) => ($"{fire.Place}", (Module<Tensor, Tensor>)fires[i]))]));
        register_module("classifier", Sequential(("1", (Module<Tensor, Tensor>)_layers.Last)));
    }

    /// <summary>Activations by their place among torchvision's features (1 is the first rectified convolution); tensors belong to the
    /// caller's dispose scope.</summary>
    public IEnumerable<(int Place, Tensor Value)> Features(Tensor input)
    {
        var x = functional.relu(_layers.First.call(input));
        yield return (1, x);
        for (var place = 2; place <= Fires[^1].Place; place++)
        {
            x = Pools.Contains(place)
                ? functional.max_pool2d(x, 3, 2, ceil_mode: true)
                : _layers.Fires[Array.FindIndex(Fires, fire => fire.Place == place)].call(x);
            yield return (place, x);
        }
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return functional.relu(_layers.Last.call(Features(input).Last().Value)).mean([2, 3]).MoveToOuterDisposeScope();
    }

    /// <summary>Torchvision's names for those of Gluon (<c>squeezenet0_conv7_weight</c>), which numbers the convolutions as they are run;
    /// other names stay.</summary>
    public static IReadOnlyDictionary<string, Weight> Renamed(IReadOnlyDictionary<string, Weight> weights)
    {
        const string prefix = "squeezenet0_conv";
        string[] parts = ["squeeze", "expand1x1", "expand3x3"];
        string[] convolutions = [
            "features.0", .. Fires.SelectMany(fire => parts.Select(part => $"features.{fire.Place}.{part}")), "classifier.1"];
        return weights.ToDictionary(pair => Rename(pair.Key), pair => pair.Value, StringComparer.Ordinal);

        string Rename(string name) =>
            name.StartsWith(prefix, StringComparison.Ordinal) && name[prefix.Length..].Split('_') is [var number, var kind]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < convolutions.Length
                ? $"{convolutions[at]}.{kind}"
                : name;
    }

    private sealed class Fire : Module<Tensor, Tensor>
    {
        private readonly (Conv2d Squeeze, Conv2d One, Conv2d Three) _layers;

        public Fire(int channels, int squeezed, int expanded) : base("fire")
        {
            _layers = (Conv2d(channels, squeezed, 1), Conv2d(squeezed, expanded, 1), Conv2d(squeezed, expanded, 3, padding: 1));
            register_module("squeeze", _layers.Squeeze);
            register_module("expand1x1", _layers.One);
            register_module("expand3x3", _layers.Three);
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = functional.relu(_layers.Squeeze.call(input));
            return functional.relu(cat([_layers.One.call(x), _layers.Three.call(x)], 1)).MoveToOuterDisposeScope();
        }
    }
}
