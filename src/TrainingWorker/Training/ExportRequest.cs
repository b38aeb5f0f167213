namespace Gateway.TrainingWorker.Training;

/// <summary>The checkpoints to make model files from, and the metadata written into them.</summary>
public sealed record ExportRequest
{
    /// <summary><see cref="Checkpoint"/> files: one of both directions, or one a direction.</summary>
    public required IReadOnlyList<string> Checkpoints { get; init; }

    /// <summary>Folder that receives <c>t2-ct.onnx</c> and <c>ct-t2.onnx</c>, as far as the checkpoints hold them.</summary>
    public required string Out { get; init; }

    /// <summary>Hounsfield units that -1 and 1 of the CT side stand for.</summary>
    public required double HuLow { get; init; }
    public required double HuHigh { get; init; }

    /// <summary>Whether the training set was prepared with the deformable stage.</summary>
    public bool Deform { get; init; }

    public required string Model { get; init; }
    public required string Version { get; init; }
    public required string TrainedOn { get; init; }

    /// <summary>False: a file that differs from the network by more than <see cref="Onnx.OnnxParity.Limit"/> is put in place all the same,
    /// for the gates to reject.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>Stores weights as float16, which halves the file.</summary>
    public bool Half { get; init; } = true;
}
