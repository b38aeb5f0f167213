namespace Gateway.TrainingWorker.Training;

/// <summary>Every step's losses in the run's folder, one JSON object a line: <c>step</c> from 1, <c>stage</c>, <c>losses</c> by name before
/// weighting, <c>generatorRate</c>, in stage B <c>discriminatorRate</c>, and <c>seconds</c>.</summary>
/// <param name="path">The file.</param>
/// <param name="step">It goes on after this one.</param>
internal sealed class LossLog(string path, int step) : IDisposable
{
    public const string FileName = "losses.jsonl";

    private readonly StepLines _lines = new(path, step);

    public void Write(int step, TrainingStep report, TimeSpan took) => _lines.Write(new
    {
        step,
        report.Stage,
        report.Losses,
        report.GeneratorRate,
        report.DiscriminatorRate,
        seconds = Math.Round(took.TotalSeconds, 3),
    });

    public void Dispose() => _lines.Dispose();
}
