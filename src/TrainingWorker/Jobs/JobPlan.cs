using Gateway.Persistence;
using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>A job under way: decided once, by the first trainer, and the same for every later one.</summary>
public sealed record JobPlan
{
    public required TrainingJob Job { get; init; }

    public required TrainingLease Lease { get; init; }

    /// <summary>The recipe, with budget, threads and the models that it starts from.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Digest of what it learns from.</summary>
    public required string Manifest { get; init; }

    /// <summary>Of this lease alone; another lease has another.</summary>
    public required string Folder { get; init; }

    /// <summary>The checkpoint in it.</summary>
    public string Checkpoint => Path.Combine(Folder, Training.Checkpoint.FileName);
}
