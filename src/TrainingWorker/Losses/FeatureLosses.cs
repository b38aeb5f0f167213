using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Losses;

/// <summary>Distances between an image and its reconstruction as a trained network sees them, from its activations N x C x H x W layer by
/// layer (Armanious et al. 2019, Cycle-MedGAN). Each gives one number.</summary>
public static class FeatureLosses
{
    /// <summary>Cycle-perceptual: the sum over the layers of the mean absolute difference.</summary>
    /// <param name="weights">One a layer.</param>
    public static Tensor Perceptual(IReadOnlyList<Tensor> image, IReadOnlyList<Tensor> back, IReadOnlyList<double> weights) =>
        Sum(image, back, weights, (a, b) => (a - b).abs().mean());

    /// <summary>Style: how activations of a layer go together. The sum over the layers of the squared Frobenius distance of the Gram
    /// matrices, divided by 4 C^2, mean over the images.</summary>
    /// <param name="weights">One a layer.</param>
    public static Tensor Style(IReadOnlyList<Tensor> image, IReadOnlyList<Tensor> back, IReadOnlyList<double> weights) =>
        Sum(image, back, weights, (a, b) => (Gram(a) - Gram(b)).Squared().sum([1, 2]).mean().Over(4.0 * a.shape[1] * a.shape[1]));

    /// <summary>N x C x C: products of the channels, summed over the pixels and divided by C H W.</summary>
    public static Tensor Gram(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        using var scope = NewDisposeScope();
        var flat = features.flatten(2);
        return flat.bmm(flat.transpose(1, 2)).Over(flat.shape[1] * flat.shape[2]).MoveToOuterDisposeScope();
    }

    private static Tensor Sum(
        IReadOnlyList<Tensor> image, IReadOnlyList<Tensor> back, IReadOnlyList<double> weights, Func<Tensor, Tensor, Tensor> distance)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Count, weights.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(back.Count, weights.Count);
        using var scope = NewDisposeScope();
        return stack([.. weights.Select((weight, i) => distance(image[i], back[i]).Times(weight))]).sum().MoveToOuterDisposeScope();
    }
}
