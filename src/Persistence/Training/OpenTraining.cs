using System.Linq.Expressions;

namespace Gateway.Persistence;

/// <summary>Which training jobs have not ended.</summary>
public static class OpenTraining
{
    /// <summary>The pair's one job that is queued, running or paused.</summary>
    public static Expression<Func<TrainingJob, bool>> Of(string pair) =>
        job => job.Pair == pair
            && (job.State == TrainingJobState.Queued || job.State == TrainingJobState.Running || job.State == TrainingJobState.Paused);

    /// <summary>Waits for a trainer: queued, or its trainer has not renewed the lease.</summary>
    internal static Expression<Func<TrainingJob, bool>> WithoutTrainer(DateTimeOffset now) =>
        job => job.State == TrainingJobState.Queued || (job.State == TrainingJobState.Running && job.LeasedUntil < now);

    /// <summary>No trainer would notice if it ended.</summary>
    internal static Expression<Func<TrainingJob, bool>> WithoutTrainerOrPaused(DateTimeOffset now) =>
        job => job.State == TrainingJobState.Queued || job.State == TrainingJobState.Paused
            || (job.State == TrainingJobState.Running && job.LeasedUntil < now);
}
