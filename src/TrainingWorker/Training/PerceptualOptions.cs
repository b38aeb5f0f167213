namespace Gateway.TrainingWorker.Training;

/// <summary>A distance of the features that a network trained on photographs finds in two images (Johnson et al. 2016).</summary>
public sealed record PerceptualOptions
{
    /// <summary><c>squeezenet</c> or <c>vgg19</c>.</summary>
    public string Network { get; init; } = "squeezenet";

    /// <summary>File of its weights.</summary>
    public string File { get; init; } = "";

    /// <summary>Names of its layers, and the weight of each.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];
    public IReadOnlyList<double> Weights { get; init; } = [];
}
