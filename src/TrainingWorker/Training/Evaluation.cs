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

    /// <summary>Mean SSIM of held-out real slices with their translations there and back, by the direction that comes first; null where one
    /// direction is trained or there are none.</summary>
    public IReadOnlyDictionary<string, double>? Cycle { get; init; }

    /// <summary>In words, a line a direction and folder.</summary>
    public override string ToString() => string.Join(
        "; ", Directions.SelectMany(way => way.Value.Select(set => $"{way.Key} {set.Key}: {Words(set.Value)}"))
        .Concat((Cycle ?? new Dictionary<string, double>()).Select(way => FormattableString.Invariant($"{way.Key} cycle {way.Value:F3}"))));

    private static string Words(PairScores set) => FormattableString.Invariant(
        $"head {set.Head:G4}, brain {set.Brain:G4}, ssim {set.Ssim:F3}, bone {set.Bone:F2}");
}
