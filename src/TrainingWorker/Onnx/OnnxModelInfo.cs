using Gateway.Imaging.Modalities;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>What a model file states about itself in metadata_props.</summary>
public sealed record OnnxModelInfo
{
    /// <summary><c>t2-ct</c> or <c>ct-t2</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Hounsfield units that the CT side's -1 and 1 stand for.</summary>
    public required double HuLow { get; init; }
    public required double HuHigh { get; init; }

    /// <summary>Hounsfield units that -1 and 1 of a second output channel stand for; null without one.</summary>
    public GreyRange? Wide { get; init; }

    /// <summary>Whether the training slices were deformed onto the reference.</summary>
    public bool Deform { get; init; }

    public required string Model { get; init; }
    public required string Version { get; init; }

    /// <summary>The training material, in words.</summary>
    public required string TrainedOn { get; init; }
}
