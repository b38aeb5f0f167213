using System.Diagnostics.Metrics;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Looks every quarter of a minute at training jobs and models, for the metrics. In the translator, because a trainer may be there
/// only while there is a job.</summary>
public sealed partial class LearningWatch : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    private static readonly TrainingJobState[] Open = [TrainingJobState.Queued, TrainingJobState.Running, TrainingJobState.Paused];

    private readonly IDbContextFactory<GatewayDbContext> _databases;
    private readonly ModalityTable _modalities;
    private readonly TimeProvider _time;
    private readonly ILogger<LearningWatch> _logger;
    private volatile Seen _seen = new([], null, []);

    public LearningWatch(
        IDbContextFactory<GatewayDbContext> databases, ModalityTable modalities, IMeterFactory meters, TimeProvider time,
        ILogger<LearningWatch> logger)
    {
        (_databases, _modalities, _time, _logger) = (databases, modalities, time, logger);
        var meter = meters.Create("Gateway.TranslationWorker");
        meter.CreateObservableGauge("gateway_training_jobs", Jobs, description: "Open training jobs, by state.");
        meter.CreateObservableGauge(
            "gateway_training_waiting_seconds", Waiting,
            description: "How long the oldest training job has had no trainer; 0: none waits.");
        meter.CreateObservableGauge("gateway_models", Models, description: "Models of the registry, by direction and state.");
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        await using var db = await _databases.CreateDbContextAsync(cancel);
        var now = _time.GetUtcNow();
        var jobs = await db.TrainingJobs.Where(job => Open.Contains(job.State))
            .Select(job => new { job.State, job.CreatedAt, job.LeasedUntil }).ToListAsync(cancel);
        // One that runs without a lease waits since that ended.
        var since = jobs.Where(job => job.State == TrainingJobState.Queued).Select(job => job.CreatedAt)
            .Concat(jobs.Where(job => job.State == TrainingJobState.Running && job.LeasedUntil < now)
                .Select(job => job.LeasedUntil!.Value)).ToList();
        var models = await db.Models.GroupBy(model => new { model.Direction, model.State })
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel);
        _seen = new(
            jobs.CountBy(job => job.State).ToDictionary(),
            since.Count == 0 ? null : since.Min(),
            models.ToDictionary(model => (model.Key.Direction, model.Key.State), model => model.Count));
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

    private IEnumerable<Measurement<int>> Jobs() =>
        Open.Select(state => new Measurement<int>(_seen.Jobs.GetValueOrDefault(state), Tag("state", state)));

    private double Waiting() => _seen.WaitingSince is { } since ? (_time.GetUtcNow() - since).TotalSeconds : 0;

    // Zero, too, is told: a direction without a champion is what an alert asks for.
    private IEnumerable<Measurement<int>> Models() =>
        from direction in _modalities.Directions
        from state in Enum.GetValues<ModelState>()
        select new Measurement<int>(
            _seen.Models.GetValueOrDefault((direction.Name, state)), new("direction", direction.Name), Tag("state", state));

    private static KeyValuePair<string, object?> Tag<T>(string name, T value)
        where T : struct, Enum => new(name, value.ToString().ToLowerInvariant());

    private sealed record Seen(
        Dictionary<TrainingJobState, int> Jobs, DateTimeOffset? WaitingSince, Dictionary<(string Direction, ModelState State), int> Models);

    [LoggerMessage(EventId = 2020, Level = LogLevel.Debug, Message = "Training jobs and models could not be read for the metrics")]
    private partial void LogFailed(Exception error);
}
