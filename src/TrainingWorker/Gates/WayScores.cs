using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Gates;

/// <summary>What one generator made of one set of slices.</summary>
/// <param name="Slices">In the set's order.</param>
/// <param name="Lesions">Empty where none were inserted.</param>
/// <param name="Reversed">Mean absolute error when it is fed the other modality, on a range of 1; null where truth is not known.</param>
internal sealed record WayScores(IReadOnlyList<SliceScores> Slices, IReadOnlyList<Lesion> Lesions, double? Reversed);
