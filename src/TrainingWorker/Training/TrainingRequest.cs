namespace Gateway.TrainingWorker.Training;

/// <summary>One training run.</summary>
public sealed record TrainingRequest
{
    /// <summary>Folder of prepared real slices; not needed if only stage A is to run.</summary>
    public string? Real { get; init; }

    /// <summary>Folders of prepared pairs; how often one is drawn from each is <see cref="TrainingOptions.PairedWeights"/>.</summary>
    public required IReadOnlyList<string> Paired { get; init; }

    /// <summary>Folder for checkpoint, sample sheets and log.</summary>
    public required string Out { get; init; }

    /// <summary>Go on from the checkpoint in <see cref="Out"/>, if there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>Files to begin from instead of drawn weights, one that holds each trained direction: checkpoints, averages, or exported
    /// models. Empty: weights are drawn.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>File of VGG19 or SqueezeNet 1.1, if the recipe has a perceptual loss; and of a ResNet-18 for encoders and discriminators
    /// to begin from. Both trained on photographs.</summary>
    public string? Features { get; init; }
    public string? Encoder { get; init; }

    /// <summary>One of <see cref="TrainingDevice.Names"/>.</summary>
    public string Device { get; init; } = TrainingDevice.Auto;

    /// <summary>The recipe. Null: that of the checkpoint if the run goes on from one, otherwise the shipped one.</summary>
    public TrainingOptions? Options { get; init; }
}
