using System.Diagnostics.Metrics;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>Computes the drift at the start and then every quarter of an hour, for the metrics.</summary>
public sealed partial class DriftWatch : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    private readonly DriftQueries _drift;
    private readonly TimeProvider _time;
    private readonly ILogger<DriftWatch> _logger;
    private volatile IReadOnlyList<ProfileDrift> _seen = [];
    private volatile IReadOnlyList<ReaderRate> _readers = [];

    public DriftWatch(DriftQueries drift, IMeterFactory meters, TimeProvider time, ILogger<DriftWatch> logger)
    {
        (_drift, _time, _logger) = (drift, time, logger);
        var meter = meters.Create("Gateway.TranslationWorker");
        meter.CreateObservableGauge(
            "gateway_drift_psi", Stability, null, "Population stability index of a figure in the current week; no number: too few series.");
        meter.CreateObservableGauge("gateway_drift_level", Levels, null, "0: as usual; 1: watch; 2: retraining is suggested.");
        meter.CreateObservableGauge(
            "gateway_reader_results", Readers, null, "Results of the weeks that are looked at, by what readers said of them.");
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        _seen = await _drift.ReadAsync(cancel);
        _readers = await _drift.ReadersAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);    // what was seen last is shown, growing older
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<double>> Stability() =>
        from profile in _seen
        from measure in MeasureName.OfDrift
            // a gauge keeps its last value: what is not known any more is no number
        let index = profile.Weeks[^1].Stability.GetValueOrDefault(measure)
        select new Measurement<double>(
            index?.Value ?? double.NaN, new("profile", profile.Modality), new KeyValuePair<string, object?>("measure", measure));

    private IEnumerable<Measurement<int>> Readers() =>
        from model in _readers.GroupBy(rate => (rate.Model, rate.Direction))
        from said in new[]
        {
            ("accepted", model.Sum(rate => rate.Accepted)), ("rejected", model.Sum(rate => rate.Rejected)),
            ("none", model.Sum(rate => rate.Results - rate.Accepted - rate.Rejected)),
        }
        select new Measurement<int>(
            said.Item2, new("model", model.Key.Model), new("direction", model.Key.Direction), new("verdict", said.Item1));

    private IEnumerable<Measurement<int>> Levels() =>
        _seen.Select(profile => new Measurement<int>((int)profile.Level, new KeyValuePair<string, object?>("profile", profile.Modality)));

    [LoggerMessage(EventId = 2030, Level = LogLevel.Debug, Message = "The drift could not be computed")]
    private partial void LogFailed(Exception error);
}
