using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Networks;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>The training loop: stages in order, progress, sample sheets, checkpoints. If asked to stop, it
/// stops between two steps.</summary>
/// <param name="features">What the recipe's perceptual loss compares; null where it has none.</param>
public sealed class TrainingRun(
    TrainingState state, TrainingData data, string folder, TimeProvider time, IProgress<TrainingProgress> progress,
    FeatureNetwork? features = null)
{
    private readonly TrainingOptions _options = state.Options;
    private readonly PairedTrainer _paired = new(state, data);
    private readonly CycleGanTrainer _cycle = new(state, data, features);
    private readonly Dictionary<string, (double Sum, int Count)> _losses = new(StringComparer.Ordinal);
    private long _reported;
    private int _reportedStep;
    private long _saved;
    private double _best = double.PositiveInfinity;

    private int Last =>
        _options.CyclePairs > 0 || data.Sides.All(side => side.Train.Count > 0) ? _options.StepsTotal : _options.StepsPaired;

    /// <summary>Whether every step for which there is data is done.</summary>
    public bool IsDone => state.Step >= Last;

    /// <summary>Runs until cancelled, or to the last step for which there is data, and writes the checkpoint at the end.</summary>
    /// <param name="until">No further than to this step.</param>
    /// <exception cref="TrainingDivergedException">A loss or a weight is not finite; the checkpoint stays as it was.</exception>
    public void Run(CancellationToken cancel, int until = int.MaxValue)
    {
        set_num_threads(_options.Threads);
        (_reported, _reportedStep, _saved) = (time.GetTimestamp(), state.Step, time.GetTimestamp());
        using var log = new LossLog(Path.Combine(folder, LossLog.FileName), state.Step);
        using var evaluations = Evaluations();
        while (!IsDone && state.Step < until && !cancel.IsCancellationRequested)
        {
            // What began as a trained model has its statistics, and without stage A nothing has changed them.
            if (state.Step == _options.StepsPaired && (state.Step > 0 || _options.Parents.Count == 0))
                _paired.Finish();
            var started = time.GetTimestamp();
            var step = state.Step < _options.StepsPaired ? _paired.Step() : _cycle.Step();
            log.Write(++state.Step, step, time.GetElapsedTime(started));
            Collect(step.Losses);
            if (state.Step % _options.ProgressEvery == 0)
                Report();
            if (state.Step % _options.SheetEvery == 0)
                Look();
            if (evaluations is not null && (state.Step % _options.EvaluateEvery == 0 || IsDone))
                Evaluate(evaluations);
            if (time.GetElapsedTime(_saved) > TimeSpan.FromMinutes(_options.CheckpointMinutes)
                || (_options.CheckpointSteps > 0 && state.Step % _options.CheckpointSteps == 0))
                Save();
        }
        Save();
    }

    private void Collect(IReadOnlyDictionary<string, double> losses)
    {
        foreach (var (name, value) in losses)
        {
            if (!double.IsFinite(value))
                throw new TrainingDivergedException(state.Step, $"loss {name}");
            var (sum, count) = _losses.GetValueOrDefault(name);
            _losses[name] = (sum + value, count + 1);
        }
    }

    private void Report()
    {
        var steps = Math.Max(1, state.Step - _reportedStep);
        progress.Report(Progress() with { SecondsPerStep = time.GetElapsedTime(_reported).TotalSeconds / steps });
        _losses.Clear();
        (_reported, _reportedStep) = (time.GetTimestamp(), state.Step);
    }

    private void Look()
    {
        var sheet = Path.Combine(folder, $"sheet-{state.Step:D6}.png");
        SampleSheet.Write(sheet, state, data);
        var scores = PairedScore.Of(state, data)
            .Select(
                score => FormattableString.Invariant(
                    $"to {score.Direction.To.Code.ToUpperInvariant()} ssim {score.Ssim:F3} mae {score.Mae:F4}"));
        progress.Report(Progress() with { Note = "held-out phantoms: " + string.Join("; ", scores), Sheet = sheet });
        NativeMemory.GiveBack();
    }

    // Null where the recipe asks for none. The best so far is in the file: a run that goes on decides as if it had not stopped.
    private StepLines? Evaluations()
    {
        if (_options.EvaluateEvery <= 0)
            return null;
        var lines = new StepLines(Path.Combine(folder, Evaluation.FileName), state.Step);
        _best = lines.Read<Evaluation>().Select(line => line.Score).DefaultIfEmpty(double.PositiveInfinity).Min();
        return lines;
    }

    private void Evaluate(StepLines lines)
    {
        var found = Evaluator.Of(state, data);
        if (found.Score < _best)
            Checkpoint.SaveAverages(Path.Combine(folder, Checkpoint.BestName), state);
        _best = Math.Min(_best, found.Score);
        lines.Write(found);
        progress.Report(Progress() with { Note = $"held out: {found}" });
        NativeMemory.GiveBack();
    }

    private void Save()
    {
        var path = Path.Combine(folder, Checkpoint.FileName);
        Checkpoint.Save(path, state);
        _saved = time.GetTimestamp();
        progress.Report(Progress() with { Note = "checkpoint", Checkpoint = path });
        NativeMemory.GiveBack();
    }

    private TrainingProgress Progress() => new()
    {
        Step = state.Step,
        StepsTotal = _options.StepsTotal,
        SecondsPerStep = 0,
        Losses = _losses.ToDictionary(l => l.Key, l => l.Value.Sum / l.Value.Count),
    };
}
