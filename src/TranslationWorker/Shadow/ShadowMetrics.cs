using System.Diagnostics.Metrics;

namespace Gateway.TranslationWorker;

/// <summary>Counts what shadows translated.</summary>
public sealed class ShadowMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _series = meters.Create("Gateway.TranslationWorker").CreateCounter<long>(
        "gateway_shadow_series_total", description: "Series that a shadow translated, or failed to.");

    public void Ended(string outcome) => _series.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
