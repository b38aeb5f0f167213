using System.Diagnostics.Metrics;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Looks every quarter of a minute at what the external FHIR server has not taken, for the metrics and for readiness, which it
/// never takes away. Studies from before there was a server are brought to it at the start.</summary>
internal sealed partial class FhirServerWatch : BackgroundService, IHealthCheck
{
    private const int Batch = 200;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private readonly IDbContextFactory<GatewayDbContext> _databases;
    private readonly StudyPublication _publication;
    private readonly bool _hasServer;
    private readonly TimeProvider _time;
    private readonly ILogger<FhirServerWatch> _logger;
    private volatile WaitingPublications _seen = WaitingPublications.None;

    public FhirServerWatch(
        IDbContextFactory<GatewayDbContext> databases, StudyPublication publication, IOptions<FhirServerOptions> options,
        IMeterFactory meters, TimeProvider time, ILogger<FhirServerWatch> logger)
    {
        (_databases, _publication, _time, _logger) = (databases, publication, time, logger);
        _hasServer = options.Value.Url is not null;
        if (!_hasServer)
            return;
        var meter = meters.Create("Gateway.TranslationWorker");
        meter.CreateObservableGauge(
            "gateway_fhir_studies_waiting", () => _seen.Waiting, null, "Studies that wait for the external FHIR server.");
        meter.CreateObservableGauge(
            "gateway_fhir_studies_parked", () => _seen.Parked, null, "Studies that it refused for good and nobody has replayed.");
        meter.CreateObservableGauge(
            "gateway_fhir_studies_oldest_seconds", () => _seen.Since is { } since ? (_time.GetUtcNow() - since).TotalSeconds : 0, null,
            "How long the oldest study has waited for it; 0: none waits.");
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        await using var db = await _databases.CreateDbContextAsync(cancel);
        _seen = await WaitingPublications.ReadAsync(db, cancel);
    }

    /// <summary>Has the server told of the studies that it was never to be told of.</summary>
    public async Task CatchUpAsync(CancellationToken cancel)
    {
        for (var isAll = false; !isAll;)
        {
            await using var db = await _databases.CreateDbContextAsync(cancel);
            var studies = await db.FhirResources
                .Where(r => r.Type == "ImagingStudy" && r.StudyId != null && !db.FhirPublications.Any(p => p.StudyId == r.StudyId))
                .OrderBy(r => r.UpdatedAt).Select(r => new { Id = r.StudyId!.Value, r.Version }).Take(Batch).ToListAsync(cancel);
            foreach (var study in studies)
                await _publication.WantAsync(db, study.Id, study.Version, cancel);
            await db.SaveChangesAsync(cancel);
            isAll = studies.Count < Batch;
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_seen is { Waiting: > 0, TriedAt: not null } seen
            ? HealthCheckResult.Degraded(
                $"{seen.Waiting} studies wait for the FHIR server since {seen.Since:u}, {seen.Error ?? "no answer"}.")
            : HealthCheckResult.Healthy("The FHIR server is not waited for."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_hasServer)
            return;
        using var timer = new PeriodicTimer(Every, _time);
        var isCaughtUp = false;
        do
        {
            try
            {
                if (!isCaughtUp)
                    await CatchUpAsync(stoppingToken);
                isCaughtUp = true;
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);    // another replica may have been faster; what was seen last is shown, growing older
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 2038, Level = LogLevel.Debug, Message = "What waits for the FHIR server could not be read")]
    private partial void LogFailed(Exception error);
}
