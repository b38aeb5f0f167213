namespace Gateway.Persistence;

/// <summary>Where a training job stands.</summary>
public enum TrainingJobState
{
    Queued,

    /// <summary>A trainer holds its lease.</summary>
    Running,

    /// <summary>By a person; goes on when one says so.</summary>
    Paused,
    Done,
    Failed,
    Cancelled,
}
