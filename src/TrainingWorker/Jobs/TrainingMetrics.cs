using System.Diagnostics.Metrics;
using Gateway.Contracts.Reasons;
using Gateway.Persistence;
using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>What this trainer does, as metrics.</summary>
public sealed class TrainingMetrics
{
    private readonly Histogram<double> _seconds;
    private readonly Gauge<double> _loss;
    private readonly Counter<long> _kept;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _left;
    private int _held;

    public TrainingMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create("Gateway.TrainingWorker");
        _seconds = meter.CreateHistogram<double>(
            "gateway_training_step_seconds", description: "Seconds a training step, mean of a report.");
        _loss = meter.CreateGauge<double>("gateway_training_loss", description: "The last report's mean loss, by name.");
        _kept = meter.CreateCounter<long>(
            "gateway_training_checkpoints_total", description: "Checkpoints that another trainer could go on from.");
        _lost = meter.CreateCounter<long>("gateway_training_leases_lost_total", description: "Jobs that this trainer lost to another one.");
        _left = meter.CreateCounter<long>("gateway_training_jobs_left_total", description: "Jobs that this trainer ended or gave back.");
        meter.CreateObservableGauge("gateway_training_lease_held", () => _held, description: "1 while this trainer has a job.");
    }

    /// <summary>This trainer has a job until what is returned is disposed of.</summary>
    public IDisposable Hold()
    {
        _held = 1;
        return new Held(this);
    }

    public void Stepped(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        _seconds.Record(progress.SecondsPerStep);
        foreach (var (name, value) in progress.Losses)
            _loss.Record(value, new KeyValuePair<string, object?>("loss", name));
    }

    public void Kept() => _kept.Add(1);

    public void LostLease() => _lost.Add(1);

    /// <param name="state">The state that the job was left in.</param>
    /// <param name="reason">Why, where it failed.</param>
    public void Left(TrainingJobState state, Reason? reason) =>
        _left.Add(1, new("state", state.ToString().ToLowerInvariant()), new("reason", reason?.Code ?? ""));

    private sealed class Held(TrainingMetrics metrics) : IDisposable
    {
        public void Dispose() => metrics._held = 0;
    }
}
