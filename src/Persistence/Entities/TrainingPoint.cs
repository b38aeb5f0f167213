namespace Gateway.Persistence;

/// <summary>Means over the steps since the point before.</summary>
public sealed class TrainingPoint
{
    public required Guid JobId { get; init; }
    public required int Step { get; init; }
    public required DateTimeOffset At { get; init; }
    public required double SecondsPerStep { get; init; }

    /// <summary>By name, such as <c>cycle.ct</c>; with the discriminators' accuracy.</summary>
    public Dictionary<string, double> Losses { get; init; } = [];
}
