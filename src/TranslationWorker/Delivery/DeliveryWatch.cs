using System.Diagnostics.Metrics;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Looks every quarter of a minute at what destinations have not taken, for the metrics and for readiness, where a destination
/// that is away is told of and makes nothing unready.</summary>
public sealed partial class DeliveryWatch : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private readonly IDbContextFactory<GatewayDbContext> _databases;
    private readonly TimeProvider _time;
    private readonly ILogger<DeliveryWatch> _logger;
    private volatile Dictionary<string, WaitingDeliveries> _seen;

    public DeliveryWatch(
        IDbContextFactory<GatewayDbContext> databases, IOptions<DeliveryOptions> options, IMeterFactory meters, TimeProvider time,
        ILogger<DeliveryWatch> logger)
    {
        (_databases, _time, _logger) = (databases, time, logger);
        _seen = options.Value.Destinations.ToDictionary(destination => destination.Name, destination => Nothing(destination.Name));
        var meter = meters.Create("Gateway.TranslationWorker");
        meter.CreateObservableGauge(
            "gateway_deliveries_waiting", () => Each(one => one.Waiting), null, "Images that wait for a destination.");
        meter.CreateObservableGauge(
            "gateway_deliveries_parked", () => Each(one => one.Parked), null,
            "Images that a destination refused for good and nobody has replayed.");
        meter.CreateObservableGauge(
            "gateway_deliveries_uncommitted", () => Each(one => one.NotKept), null,
            "Images that a destination took and does not keep safe, or does not say so.");
        meter.CreateObservableGauge(
            "gateway_deliveries_oldest_seconds", () => Each(Age), null,
            "How long the oldest image has waited for a destination; 0: none waits.");
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        await using var db = await _databases.CreateDbContextAsync(cancel);
        if (await db.NoteMissedAsync(_time.GetUtcNow(), cancel) is > 0 and var missed)
            LogMissed(missed);
        var found = (await WaitingDeliveries.ReadAsync(db, cancel)).ToDictionary(one => one.Destination);
        // A gauge keeps its last value: a destination that was seen once is told of for ever.
        _seen = _seen.Keys.Union(found.Keys).ToDictionary(name => name, name => found.GetValueOrDefault(name) ?? Nothing(name));
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var away = _seen.Values.Where(one => one is { Waiting: > 0, TriedAt: not null }).ToList();
        string[] told =
        [
            .. away.Select(one => $"{one.Destination}: {one.Waiting} images wait since {one.Since:u}, {Cause(one)}."),
            .. _seen.Values.Where(one => one.NotKept > 0)
                .Select(one => $"{one.Destination}: {one.NotKept} images that it took are not kept safe there."),
        ];
        return Task.FromResult(told.Length == 0
            ? HealthCheckResult.Healthy("No destination is waited for.")
            : HealthCheckResult.Degraded(string.Join(" ", told)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _time);
        var noted = false;
        do
        {
            try
            {
                if (!noted)
                    await ParkedBefore.NoteAsync(_databases, _time, stoppingToken);
                noted = true;
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);    // what was seen last is shown, growing older
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static WaitingDeliveries Nothing(string name) => new(name, 0, 0, null, 0, null, null, null);

    private static string Cause(WaitingDeliveries one) =>
        one.Code is { } code ? $"status {code:X4}" : (one.Error ?? "no answer").TrimEnd('.');

    private double Age(WaitingDeliveries one) => one.Since is { } since ? (_time.GetUtcNow() - since).TotalSeconds : 0;

    private IEnumerable<Measurement<T>> Each<T>(Func<WaitingDeliveries, T> value)
        where T : struct =>
        _seen.Values.Select(one => new Measurement<T>(value(one), new KeyValuePair<string, object?>("destination", one.Destination)));

    [LoggerMessage(
        EventId = 2050, Level = LogLevel.Warning, Message = "Of {Count} images no destination has said in time whether it keeps them safe")]
    private partial void LogMissed(int count);

    [LoggerMessage(EventId = 2008, Level = LogLevel.Debug, Message = "The waiting deliveries could not be read")]
    private partial void LogFailed(Exception error);
}
