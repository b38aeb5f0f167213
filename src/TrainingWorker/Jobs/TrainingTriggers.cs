using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>Orders jobs by the clock and by the number of new subjects. Any number of replicas look; of one trigger comes one
/// job.</summary>
internal sealed partial class TrainingTriggers(
    TrainingJobs jobs, IDbContextFactory<GatewayDbContext> databases, IOptions<TrainerOptions> options, Outages outages, TimeProvider time,
    ILogger<TrainingTriggers> logger) : BackgroundService
{
    private const string Work = "the triggers of training";
    private const string By = "training worker";

    /// <summary>After a job that did not get as far as a manifest of its own, new subjects are counted again only after this.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    /// <summary>Looks once.</summary>
    /// <returns>What the order led to; null where there was no trigger.</returns>
    public async Task<OrderedJob?> LookAsync(CancellationToken cancel)
    {
        var pair = Recipes.Default(options.Value).Options.Direction;
        var last = await jobs.LastAsync(pair, cancel);
        if (last is { State: TrainingJobState.Queued or TrainingJobState.Running or TrainingJobState.Paused }
            || await TriggerAsync(pair, last, cancel) is not { } trigger)
            return null;
        return await jobs.OrderAsync(new() { Pair = pair, Trigger = trigger, By = By, After = last?.Id }, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value is { Every: null, NewSubjects: 0 })
            return;
        using var timer = new PeriodicTimer(options.Value.Poll, time);
        do
        {
            try
            {
                if (await LookAsync(stoppingToken) is { IsNew: true } ordered)
                    LogOrdered(ordered.Job.Id, ordered.Job.Trigger);
                outages.Resumed(Work);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (!outages.Holds(error, Work))
                    LogFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<TrainingTrigger?> TriggerAsync(string pair, TrainingJob? last, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var modalities = pair.Split('-');
        var samples = db.ArchiveSamples.Where(s => modalities.Contains(s.Modality));
        if (options.Value.Every is { } every)
        {
            var since = last?.CreatedAt ?? await samples.MinAsync(s => (DateTimeOffset?)s.EnteredOn, cancel);
            if (since + every <= time.GetUtcNow())
                return TrainingTrigger.Schedule;
        }
        if (options.Value.NewSubjects == 0 || (last is { State: not TrainingJobState.Done } && last.CreatedAt + Pause > time.GetUtcNow()))
            return null;
        var known = await db.TrainingJobs.Where(j => j.Pair == pair && j.ManifestDigest != null).OrderByDescending(j => j.CreatedAt)
            .Select(j => j.ManifestDigest).FirstOrDefaultAsync(cancel);
        var news = samples.Where(s => s.Split == ArchiveSplit.Train)
            .Where(s => !db.ManifestSamples.Any(m => m.ManifestDigest == known && m.SubjectOfAnyIssuer == s.SubjectOfAnyIssuer));
        return await news.Select(s => s.SubjectOfAnyIssuer).Distinct().CountAsync(cancel) >= options.Value.NewSubjects
            ? TrainingTrigger.NewSubjects : null;
    }

    [LoggerMessage(EventId = 5010, Level = LogLevel.Information, Message = "Training job {Job} ordered by {Trigger}")]
    private partial void LogOrdered(Guid job, TrainingTrigger trigger);

    [LoggerMessage(EventId = 5011, Level = LogLevel.Error, Message = "Reasons to train could not be looked for; later again")]
    private partial void LogFailed(Exception error);
}
