using System.ComponentModel.DataAnnotations;

namespace Gateway.TrainingWorker;

/// <summary>What a job may take at most.</summary>
public sealed class TrainingBudget
{
    /// <summary>Steps; the recipe's own where this is 0 or more than those. Counted when the job begins.</summary>
    [Range(0, int.MaxValue)]
    public int Steps { get; init; }

    /// <summary>Hours of training, all trainers together; 0 for no limit. What is reached by then is exported and judged.</summary>
    [Range(0, 1000)]
    public double Hours { get; init; }
}
