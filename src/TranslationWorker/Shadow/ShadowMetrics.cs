using System.Diagnostics.Metrics;

namespace Gateway.TranslationWorker;

/// <summary>Counts what shadows translated, and says what they could not.</summary>
public sealed partial class ShadowMetrics(IMeterFactory meters, ILogger<ShadowMetrics> logger)
{
    private readonly Counter<long> _series = meters.Create("Gateway.TranslationWorker").CreateCounter<long>(
        "gateway_shadow_series_total", description: "Series that a shadow translated, or failed to.");

    public void Compared() => Ended("compared");

    /// <summary>The champion's result stands.</summary>
    public void Dropped(string shadow, Guid series, Exception error)
    {
        Ended("dropped");
        LogDropped(shadow, series, error);
    }

    private void Ended(string outcome) => _series.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    [LoggerMessage(
        EventId = 2031, Level = LogLevel.Warning,
        Message = "The shadow {Model} could not translate series {SeriesId}; the champion's result stands")]
    private partial void LogDropped(string model, Guid seriesId, Exception error);
}
