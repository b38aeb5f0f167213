namespace Gateway.Contracts;

/// <summary>A training job waits for a trainer: it is new, goes on after a pause, or was given back.</summary>
public sealed record TrainModel
{
    public required Guid JobId { get; init; }
}
