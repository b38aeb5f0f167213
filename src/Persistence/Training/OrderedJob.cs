namespace Gateway.Persistence;

/// <summary>What an order led to.</summary>
/// <param name="Job">The pair's open job, or the one that this trigger had led to before.</param>
/// <param name="IsNew">Whether this order made it.</param>
public sealed record OrderedJob(TrainingJob Job, bool IsNew);
