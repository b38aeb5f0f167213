namespace Gateway.Persistence;

/// <summary>What an erasure took out of the archive.</summary>
/// <param name="Samples">Rows.</param>
/// <param name="Objects">Objects that no other row names and that were deleted.</param>
public sealed record ErasedSamples(int Samples, int Objects);
