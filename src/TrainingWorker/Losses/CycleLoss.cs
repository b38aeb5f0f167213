using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Training;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Losses;

/// <summary>How far an image is from its translation there and back, as the recipe has it.</summary>
public sealed class CycleLoss
{
    private readonly TrainingOptions _options;
    private readonly FeatureNetwork? _features;
    private readonly Func<Tensor, Tensor, Tensor> _distance;

    /// <param name="features">For <see cref="TrainingOptions.Perceptual"/>; null if the recipe has none.</param>
    /// <exception cref="InvalidDataException">The recipe names no known loss, or compares features and there is no network for
    /// it.</exception>
    public CycleLoss(TrainingOptions options, FeatureNetwork? features)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _features) = (options, features);
        if (options.Perceptual is not null && features is null)
            throw new InvalidDataException("The recipe compares features, and no file of a network that finds them was given.");
        _distance = options.CycleLoss switch
        {
            "reconstruction" => (back, image) => ImageLosses.Reconstruction(back, image, options.SsimShare),
            "ssim" => (back, image) => ImageLosses.Reconstruction(back, image, ssimShare: 1),
            "mse" => (back, image) => (back - image).Squared().mean(),
            var other => throw new InvalidDataException($"{other} is no cycle loss; there are reconstruction, ssim, mse."),
        };
    }

    /// <summary>Its terms by their short names, each with its weight and not yet multiplied by it.</summary>
    /// <param name="back">N x 1 x H x W in [-1, 1]; gradients reach it.</param>
    /// <param name="image">The same.</param>
    public IEnumerable<(string Name, double Weight, Tensor Loss)> Terms(Tensor back, Tensor image)
    {
        yield return ("cycle", _options.CycleWeight, _distance(back, image));
        if (_options.Perceptual is not { } perceptual)
            yield break;
        var (found, expected) = (_features!.Of(back), Quietly(image));
        if (perceptual.Weight > 0)
            yield return ("percep", perceptual.Weight, FeatureLosses.Perceptual(expected, found, perceptual.Layers));
        if (perceptual.Style > 0)
            yield return ("style", perceptual.Style, FeatureLosses.Style(expected, found, perceptual.Layers));
    }

    private Tensor[] Quietly(Tensor image)
    {
        using var quiet = no_grad();
        return _features!.Of(image);
    }
}
