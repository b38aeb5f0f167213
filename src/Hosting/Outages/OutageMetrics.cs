using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Gateway.Hosting;

/// <summary>How long what is away has been away, for alerts.</summary>
internal sealed class OutageMetrics
{
    private readonly ConcurrentDictionary<string, bool> _seen = [];
    private readonly Outages _outages;
    private readonly TimeProvider _time;

    public OutageMetrics(Outages outages, IMeterFactory meters, TimeProvider time)
    {
        (_outages, _time) = (outages, time);
        meters.Create("Gateway.Hosting").CreateObservableGauge(
            "gateway_away_seconds", Read, null, "How long this process has waited for something that is away; 0: it is back.");
    }

    // A gauge keeps its last value: what is back is told of with 0.
    private IEnumerable<Measurement<double>> Read()
    {
        var (now, away) = (_time.GetUtcNow(), _outages.Current.ToDictionary(outage => outage.What));
        foreach (var what in away.Keys)
            _seen[what] = true;
        return _seen.Keys.Select(what => new Measurement<double>(
            away.TryGetValue(what, out var outage) ? (now - outage.Since).TotalSeconds : 0,
            new KeyValuePair<string, object?>("what", what)));
    }
}
