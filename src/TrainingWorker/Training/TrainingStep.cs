namespace Gateway.TrainingWorker.Training;

/// <summary>What one step tells.</summary>
public sealed record TrainingStep
{
    /// <summary><c>paired</c> (stage A) or <c>adversarial</c> (stage B).</summary>
    public required string Stage { get; init; }

    /// <summary>Every loss before weighting, by its short name and the code of the modality made: <c>ct</c>, <c>cycle.ct</c>.</summary>
    public required IReadOnlyDictionary<string, double> Losses { get; init; }

    public required double GeneratorRate { get; init; }

    /// <summary>Null in stage A, which has no discriminator.</summary>
    public double? DiscriminatorRate { get; init; }
}
