using System.Diagnostics.Metrics;
using Prometheus;

namespace Gateway.Hosting;

/// <summary>What <c>/metrics</c> of this host shows: the host's own meters, with the instruments' names and their tags as labels, and the
/// metrics of the process and its libraries.</summary>
/// <remarks>The adapter of prometheus-net is not used for our instruments: it changes their names, turns counters into gauges, and drops
/// series that do not change for five minutes.</remarks>
public sealed class PrometheusMeters : IDisposable
{
    private const string Ours = "Gateway.";

    private readonly IMeterFactory _meters;
    private readonly MetricFactory _metrics;
    private readonly MeterListener _listener = new();
    private readonly List<IDisposable> _adapters = [];

    /// <param name="meters">The meters of this host. Another host in the same process shows its own.</param>
    public PrometheusMeters(IMeterFactory meters)
    {
        (_meters, _metrics) = (meters, Metrics.WithCustomRegistry(Registry));
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsOurs(instrument) && instrument.Meter.Scope == _meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
        DotNetStats.Register(Registry);
        Registry.AddBeforeCollectCallback(Collect);
    }

    /// <summary>All that is shown.</summary>
    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var adapter in _adapters)
            adapter.Dispose();
    }

    private static bool IsOurs(Instrument instrument) => instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal);

    /// <summary>Listens to libraries only once somebody looks, since listening makes each of their measurements slower.</summary>
    private void Collect()
    {
        lock (_adapters)
        {
            if (_adapters.Count == 0)
            {
                // By default a factory is set, and it would take precedence over the registry.
                _adapters.Add(EventCounterAdapter.StartListening(new() { Registry = Registry, MetricFactory = null }));
                _adapters.Add(MeterAdapter.StartListening(
                    new() { Registry = Registry, MetricFactory = null, InstrumentFilterPredicate = IsOfALibrary }));
            }
        }

        _listener.RecordObservableInstruments();
    }

    private bool IsOfALibrary(Instrument instrument) =>
        !IsOurs(instrument) && (instrument.Meter.Scope is not IMeterFactory host || host == _meters);

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (names, labels) = (new string[tags.Length], new string[tags.Length]);
        for (var i = 0; i < tags.Length; i++)
            (names[i], labels[i]) = (tags[i].Key, tags[i].Value?.ToString() ?? "");
        var (name, help) = (instrument.Name, instrument.Description ?? "");
        switch (instrument)
        {
            case Counter<int> or Counter<long>:
                _metrics.CreateCounter(name, help, names).WithLabels(labels).Inc(value);
                break;
            case Histogram<double>:
                _metrics.CreateHistogram(name, help, names).WithLabels(labels).Observe(value);
                break;
            default:    // what was observed
                _metrics.CreateGauge(name, help, names).WithLabels(labels).Set(value);
                break;
        }
    }
}
