using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingWorker.Tuning;

/// <summary><c>result.json</c> in a cell's folder: what came of its run.</summary>
public sealed record CellResult
{
    public const string FileName = "result.json";

    public required string Name { get; init; }

    public required TrainingOptions Options { get; init; }

    /// <summary>Images of each modality that it was trained on, T2 before CT.</summary>
    public required IReadOnlyList<int> Images { get; init; }

    /// <summary>Of all its steps together.</summary>
    public required double Seconds { get; init; }

    /// <summary>Mean over the last epoch, by the code of the modality made: 0.5 is a discriminator that cannot tell.</summary>
    public required IReadOnlyDictionary<string, double> Accuracy { get; init; }

    /// <summary>What it was scored by, at each milestone; empty for a run that diverged.</summary>
    public required IReadOnlyList<Milestone> Milestones { get; init; }

    /// <summary>Why it ended before its time; null where it did not.</summary>
    public string? Diverged { get; init; }

    /// <summary>The scores at the end; null for a run that diverged.</summary>
    public Milestone? Last => Milestones.Count > 0 ? Milestones[^1] : null;
}
