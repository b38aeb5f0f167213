namespace Gateway.TrainingWorker.Training;

/// <summary>Which checkpoint to make model files of, and what they say of themselves.</summary>
public sealed record ExportRequest
{
    /// <summary>A <see cref="Checkpoint"/> file.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Folder that receives <c>t2-ct.onnx</c> and <c>ct-t2.onnx</c>.</summary>
    public required string Out { get; init; }

    /// <summary>Hounsfield units of the CT side's -1 and 1.</summary>
    public required double HuLow { get; init; }
    public required double HuHigh { get; init; }

    /// <summary>The training set was prepared with the deformable stage.</summary>
    public bool Deform { get; init; }

    public required string Model { get; init; }
    public required string Version { get; init; }
    public required string TrainedOn { get; init; }

    /// <summary>Weights as float16, half the size.</summary>
    public bool Half { get; init; } = true;
}
