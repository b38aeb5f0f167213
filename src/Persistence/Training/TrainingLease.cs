namespace Gateway.Persistence;

/// <summary>The right to write for a training job.</summary>
/// <param name="JobId">Which.</param>
/// <param name="Fence">Counted with every claim: with a later one this lease is over, however its holder's clock goes.</param>
public sealed record TrainingLease(Guid JobId, long Fence);
