using System.Diagnostics.Metrics;
using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>Training as metrics.</summary>
public sealed class TrainingMetrics
{
    private readonly Histogram<double> _seconds;
    private readonly Gauge<double> _loss;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _ended;

    public TrainingMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create("Gateway.TrainingWorker");
        _seconds = meter.CreateHistogram<double>("gateway_training_step_seconds", description: "Mean seconds a training step.");
        _loss = meter.CreateGauge<double>("gateway_training_loss", description: "Mean loss since the report before, by name.");
        _lost = meter.CreateCounter<long>("gateway_training_leases_lost", description: "Jobs that this trainer lost to another one.");
        _ended = meter.CreateCounter<long>("gateway_training_jobs_left", description: "Jobs that this trainer ended or gave back.");
    }

    public void Stepped(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        _seconds.Record(progress.SecondsPerStep);
        foreach (var (name, value) in progress.Losses)
            _loss.Record(value, new KeyValuePair<string, object?>("loss", name));
    }

    public void LostLease() => _lost.Add(1);

    /// <param name="state">The state that the job was left in, in lower case.</param>
    public void Left(string state) => _ended.Add(1, new KeyValuePair<string, object?>("state", state));
}
