using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.DicomListener;

/// <summary>Has history deleted that is older than <c>Retention</c> says, now and then, whichever service wrote it.</summary>
internal sealed partial class HistorySweep(
    History history, ListenerMetrics metrics, IOptions<RetentionOptions> options, Outages outages, TimeProvider time,
    ILogger<HistorySweep> logger) : BackgroundService
{
    private const string Work = "the deletion of history";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var (kind, count) in await history.DeleteAsync(dryRun: false, stoppingToken))
                    metrics.Deleted(kind, count);
                outages.Resumed(Work);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (!outages.Holds(error, Work))
                    LogFailed(error);
            }
        }
    }

    [LoggerMessage(EventId = 1114, Level = LogLevel.Error, Message = "Old history could not be deleted; later again")]
    private partial void LogFailed(Exception error);
}
