namespace Gateway.TrainingWorker.Onnx;

/// <summary>Which generator is copied into 8 bits.</summary>
public sealed record QuantiseRequest
{
    /// <summary>An exported generator in float32 or with weights of 16 bits.</summary>
    public required string Model { get; init; }

    /// <summary>The file to write.</summary>
    public required string Out { get; init; }

    /// <summary>Phantoms that the copy is judged on; half as many more calibrate it.</summary>
    public int Phantoms { get; init; } = 32;
}
