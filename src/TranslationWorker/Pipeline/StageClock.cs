using Prometheus;

namespace Gateway.TranslationWorker;

/// <summary>Times the stages of one translation and announces each as it begins.</summary>
public sealed class StageClock(TimeProvider time, IProgress<string>? progress)
{
    private static readonly Histogram Seconds = Metrics.CreateHistogram(
        "gateway_stage_seconds", "Wall-clock seconds of one stage of one translation.", new HistogramConfiguration { LabelNames = ["stage"] });

    private readonly Dictionary<string, double> _seconds = [];

    public IReadOnlyDictionary<string, double> Elapsed => _seconds;

    public T Run<T>(string stage, Func<T> work)
    {
        progress?.Report(stage);
        var start = time.GetTimestamp();
        var result = work();
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        _seconds[stage] = Math.Round(_seconds.GetValueOrDefault(stage) + seconds, 4);
        Seconds.WithLabels(stage).Observe(seconds);
        return result;
    }
}
