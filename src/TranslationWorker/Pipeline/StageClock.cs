namespace Gateway.TranslationWorker;

/// <summary>Times the stages of one translation and announces each as it begins.</summary>
/// <param name="progress">Gets the name of each stage as it begins; may be null.</param>
/// <param name="metrics">Null outside of a service.</param>
public sealed class StageClock(TimeProvider time, IProgress<string>? progress, StageMetrics? metrics)
{
    private readonly Dictionary<string, double> _seconds = [];

    public IReadOnlyDictionary<string, double> Elapsed => _seconds;

    public T Run<T>(string stage, Func<T> work)
    {
        progress?.Report(stage);
        var start = time.GetTimestamp();
        var result = work();
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        _seconds[stage] = Math.Round(_seconds.GetValueOrDefault(stage) + seconds, 4);
        metrics?.Took(stage, seconds);
        return result;
    }
}
