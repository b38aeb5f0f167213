namespace Gateway.TrainingWorker.Training;

/// <summary>One exported file and its differences to the network, measured on a fixed input of range 2.</summary>
/// <param name="Path">The file.</param>
/// <param name="NetworkToFloat32">Greatest absolute difference between TorchSharp and the float32 export.</param>
/// <param name="Float32ToHalf">Greatest absolute difference between the float32 and the float16 export; 0 if no
/// float16 was asked for.</param>
/// <param name="Float32ToHalfMean">Mean absolute difference between the same two.</param>
public sealed record ExportReport(string Path, double NetworkToFloat32, double Float32ToHalf, double Float32ToHalfMean);
