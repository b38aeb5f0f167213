namespace Gateway.TrainingWorker.Weights;

/// <summary>One tensor of a weight file, as float32 in C order, whatever type it is stored in.</summary>
/// <param name="Shape">Sizes of its dimensions; none for a scalar.</param>
/// <param name="Values">As many as the product of the sizes.</param>
public sealed record Weight(IReadOnlyList<long> Shape, float[] Values);
