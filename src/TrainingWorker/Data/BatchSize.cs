namespace Gateway.TrainingWorker.Data;

/// <summary>The shape of a batch.</summary>
/// <param name="Count">Pictures in it.</param>
/// <param name="Size">Pictures are shrunk to this many pixels a side.</param>
/// <param name="Crop">And cut to this many.</param>
public readonly record struct BatchSize(int Count, int Size, int Crop);
