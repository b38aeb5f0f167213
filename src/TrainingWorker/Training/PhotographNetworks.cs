using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>What a run has of networks that others trained on photographs, from the files that it was given. The recipe keeps their
/// digests.</summary>
internal sealed class PhotographNetworks : IDisposable
{
    private const int DigestShown = 12;

    private readonly WeightFile? _encoder;

    private PhotographNetworks(FeatureNetwork? features, WeightFile? encoder) => (Features, _encoder) = (features, encoder);

    /// <summary>What the recipe's perceptual loss compares; null where it has none.</summary>
    public FeatureNetwork? Features { get; }

    /// <param name="resumed">Whether the run goes on: its recipe then names the files that it began with.</param>
    /// <exception cref="InvalidDataException">The recipe wants a file that was not given, or a given one is not the one it names, or not
    /// wanted, or cannot be read.</exception>
    public static PhotographNetworks Read(TrainingRequest request, TrainingOptions options, bool resumed, Device device)
    {
        if (options.Perceptual is null != request.Features is null)
            throw new InvalidDataException(
                request.Features is null
                    ? "The recipe has a perceptual loss: say by which network, --features FILE (VGG19 or SqueezeNet 1.1)."
                    : $"The recipe has no perceptual loss: {request.Features} is not needed.");
        var features = request.Features is null ? null : FeatureNetwork.Read(request.Features, device);
        if (options.Perceptual?.Sha256 is { } known && features!.Sha256 != known)
            throw new InvalidDataException($"The run began with features of {known}, and {request.Features} is {features.Sha256}.");
        return new(features, request.Encoder is null || resumed ? null : WeightFile.Read(request.Encoder));
    }

    /// <summary>The recipe with the digests.</summary>
    public TrainingOptions Recorded(TrainingOptions options) => options with
    {
        Encoder = _encoder?.Sha256 ?? options.Encoder,
        Perceptual = options.Perceptual is { } perceptual ? perceptual with { Network = Features!.Name, Sha256 = Features.Sha256 } : null,
    };

    /// <summary>Puts the file's weights into encoders, their averages, and discriminators that are classifiers; what it lacks stays
    /// drawn.</summary>
    /// <exception cref="InvalidDataException">The weights are of another shape: generators and discriminators must be 64 wide.</exception>
    public void Fill(TrainingState state)
    {
        if (_encoder is null)
            return;
        foreach (var way in state.Ways)
        {
            WeightLoading.Into(way.Generator, ResNet18.Grey(_encoder.Tensors, "encoder."));
            WeightAverage.Copy(way.Generator, way.Average);
            if (way.Discriminator is ResNet18)
                WeightLoading.Into(way.Discriminator, ResNet18.Grey(_encoder.Tensors));
        }
    }

    /// <summary>What a reader of the run has to know; null where there is nothing of the kind in the recipe.</summary>
    public static string? Describe(TrainingOptions options)
    {
        var parts = new List<string>();
        if (options.Encoder is { } encoder)
            parts.Add($"encoders from ResNet-18 weights {encoder[..DigestShown]}");
        else if (options.Discriminator == "resnet18")
            parts.Add("without ImageNet weights: encoders and discriminators are drawn");
        if (options.Perceptual is { Network: { } network, Sha256: { } digest })
            parts.Add($"perceptual loss by {network}, weights {digest[..DigestShown]}");
        return parts.Count > 0 ? string.Join("; ", parts) : null;
    }

    public void Dispose() => Features?.Dispose();
}
