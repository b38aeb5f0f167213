using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>Times the stages of one translation and announces each as it begins.</summary>
/// <param name="progress">Gets the name of each stage as it begins; may be null.</param>
/// <param name="metrics">Null outside of a service.</param>
/// <param name="cancel">Ends the translation before its next stage.</param>
public sealed class StageClock(TimeProvider time, IProgress<string>? progress, StageMetrics? metrics, CancellationToken cancel = default)
{
    private readonly Dictionary<string, double> _seconds = [];

    public IReadOnlyDictionary<string, double> Elapsed => _seconds;

    /// <exception cref="OperationCanceledException">The stage was not begun.</exception>
    public T Run<T>(string stage, Func<T> work)
    {
        ThrowIfCancelled();
        progress?.Report(stage);
        var start = time.GetTimestamp();
        var result = work();
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        _seconds[stage] = Math.Round(_seconds.GetValueOrDefault(stage) + seconds, 4);
        metrics?.Took(stage, seconds);
        CrashPoints.Pass(CrashPoint.MidStage);
        return result;
    }

    /// <summary>Within a stage, between two slices.</summary>
    /// <exception cref="OperationCanceledException">The next is not begun.</exception>
    public void ThrowIfCancelled() => cancel.ThrowIfCancellationRequested();
}
