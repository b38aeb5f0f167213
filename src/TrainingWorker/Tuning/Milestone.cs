namespace Gateway.TrainingWorker.Tuning;

/// <summary>The scores after a number of steps, by direction.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Epochs">How often each image was seen.</param>
public sealed record Milestone(int Step, double Epochs, IReadOnlyDictionary<string, WayScore> Ways);
