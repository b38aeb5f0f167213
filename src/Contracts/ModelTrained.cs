namespace Gateway.Contracts;

/// <summary>A training job has ended with models, candidates or rejected ones.</summary>
public sealed record ModelTrained
{
    public required Guid JobId { get; init; }
}
