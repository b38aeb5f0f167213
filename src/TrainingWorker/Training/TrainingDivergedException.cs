namespace Gateway.TrainingWorker.Training;

/// <summary>A loss or a weight is infinite or no number: to go on, or to keep these weights, is useless.</summary>
/// <param name="step">The step that has seen it, counted from 1.</param>
/// <param name="what">Loss or tensor, by name.</param>
public sealed class TrainingDivergedException(int step, string what)
    : Exception($"Training diverged: at step {step}, {what} is not finite. The last checkpoint is kept. Try a lower learning rate.");
