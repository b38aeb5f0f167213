using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Deletes samples that are older than <c>Archive:KeepFor</c>, at the start and then every hour.</summary>
internal sealed partial class ArchiveRetention(
    ArchiveErasure archive, IOptions<ArchiveOptions> options, Outages outages, TimeProvider time, ILogger<ArchiveRetention> logger)
        : BackgroundService
{
    private const string Work = "the retention of the archive";
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.KeepFor is not { } age)
            return;
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                var expired = await archive.ExpireAsync(time.GetUtcNow() - age, stoppingToken);
                outages.Resumed(Work);
                if (expired > 0)
                    LogExpired(expired);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (!outages.Holds(error, Work))
                    LogFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 2010, Level = LogLevel.Information, Message = "{Count} samples left the archive at the end of their time")]
    private partial void LogExpired(int count);

    [LoggerMessage(EventId = 2011, Level = LogLevel.Error, Message = "Samples at the end of their time could not be deleted; later again")]
    private partial void LogFailed(Exception error);
}
