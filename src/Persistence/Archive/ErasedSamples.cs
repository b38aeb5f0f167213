namespace Gateway.Persistence;

/// <summary>What an erasure took out of the archive, and what it cannot take back.</summary>
/// <param name="Samples">Rows.</param>
/// <param name="Objects">Objects that no other row names and that were deleted.</param>
/// <param name="Models">Models that had learned from the patient or were judged by him, oldest first.</param>
/// <param name="Jobs">Training jobs that are under way with his samples: the models they make are not among
/// <paramref name="Models"/>.</param>
public sealed record ErasedSamples(int Samples, int Objects, IReadOnlyList<PatientModel> Models, IReadOnlyList<Guid> Jobs);
