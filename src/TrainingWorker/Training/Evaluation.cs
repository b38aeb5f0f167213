namespace Gateway.TrainingWorker.Training;

/// <summary>A line of <c>evaluation.jsonl</c>.</summary>
public sealed record Evaluation
{
    /// <summary>Name of the file inside a run's folder.</summary>
    public const string FileName = "evaluation.jsonl";

    public required int Step { get; init; }

    /// <summary>Mean over directions and folders of <see cref="PairScores.Score"/>.</summary>
    public required double Score { get; init; }

    /// <summary>By direction and folder.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, PairScores>> Directions { get; init; }

    /// <summary>In words, a line a direction and folder.</summary>
    public override string ToString() => string.Join("; ", Directions.SelectMany(way => way.Value.Select(set => FormattableString.Invariant(
        $"{way.Key} {set.Key}: head {set.Value.Head:G4}, brain {set.Value.Brain:G4}, ssim {set.Value.Ssim:F3}, bone {set.Value.Bone:F2}"))));
}
