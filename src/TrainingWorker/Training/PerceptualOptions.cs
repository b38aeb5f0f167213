namespace Gateway.TrainingWorker.Training;

/// <summary>Distances of an image and what the cycle made of it as a network sees them that was trained on photographs
/// (<see cref="Networks.FeatureNetwork"/>): its weights are a file that the run is given.</summary>
public sealed record PerceptualOptions
{
    /// <summary>Weight of <see cref="Losses.FeatureLosses.Perceptual"/>.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Weight of <see cref="Losses.FeatureLosses.Style"/>; 0 is off.</summary>
    public double Style { get; init; }

    /// <summary>Weights of the three layers in both.</summary>
    public IReadOnlyList<double> Layers { get; init; } = [1, 1, 1];

    /// <summary>Which network it was, and the digest of its file; a run fills both in.</summary>
    public string? Network { get; init; }
    public string? Sha256 { get; init; }
}
