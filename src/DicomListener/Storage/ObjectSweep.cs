using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.DicomListener;

/// <summary>Has objects deleted that no row names, now and then, whichever service left them.</summary>
internal sealed partial class ObjectSweep(
    OrphanSweep orphans, ListenerMetrics metrics, IOptions<ObjectOptions> options, Outages outages, TimeProvider time,
    ILogger<ObjectSweep> logger) : BackgroundService
{
    private const string Work = "the sweep of objects";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var deleted = await orphans.SweepAsync(options.Value.OrphanAge, stoppingToken);
                outages.Resumed(Work);
                metrics.Swept(deleted);
                if (deleted > 0)
                    LogSwept(deleted);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (!outages.Holds(error, Work))
                    LogFailed(error);
            }
        }
    }

    [LoggerMessage(EventId = 1112, Level = LogLevel.Information, Message = "{Count} objects that no row names were deleted")]
    private partial void LogSwept(int count);

    [LoggerMessage(EventId = 1113, Level = LogLevel.Error, Message = "Objects that no row names could not be looked for; later again")]
    private partial void LogFailed(Exception error);
}
