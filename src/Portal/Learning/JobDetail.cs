using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>A training job with what it has told of itself.</summary>
/// <param name="Points">Oldest first; at most <see cref="TrainingQueries.MostPoints"/>, neighbours averaged where there are more.</param>
/// <param name="Sheets">Newest first.</param>
/// <param name="Models">What it made.</param>
public sealed record JobDetail(
    TrainingJob Job, IReadOnlyList<TrainingPoint> Points, IReadOnlyList<TrainingSheet> Sheets, IReadOnlyList<Model> Models)
{
    /// <summary>At the pace of the last points; null before the first and after the end.</summary>
    public TimeSpan? Left => Job.State == TrainingJobState.Running && SecondsPerStep is { } pace && Job.StepsTotal >= Job.Step
        ? TimeSpan.FromSeconds(pace * (Job.StepsTotal - Job.Step))
        : null;

    public double? SecondsPerStep => Points.Count == 0 ? null : Points.TakeLast(10).Average(point => point.SecondsPerStep);
}
