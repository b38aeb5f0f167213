using System.Diagnostics.Metrics;

namespace Gateway.TranslationWorker;

/// <summary>Durations of the stages of translations, as a metric.</summary>
public sealed class StageMetrics(IMeterFactory meters)
{
    private readonly Histogram<double> _seconds = meters.Create("Gateway.TranslationWorker").CreateHistogram<double>(
        "gateway_stage_seconds", description: "Wall-clock seconds of one stage of one translation.");

    public void Took(string stage, double seconds) => _seconds.Record(seconds, new KeyValuePair<string, object?>("stage", stage));
}
