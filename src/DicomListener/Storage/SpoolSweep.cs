using Gateway.Persistence;

namespace Gateway.DicomListener;

/// <summary>Before the port opens, deletes the spool files of a listener that died: none of them was acknowledged.</summary>
internal sealed partial class SpoolSweep(DataDirectory data, ILogger<SpoolSweep> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var swept = Directory.EnumerateFiles(data.Create().Spool).Count(Sweep);
        if (swept > 0)
            LogSwept(swept);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A file that another replica is writing is locked, and is not deleted.</summary>
    private static bool Sweep(string file)
    {
        try
        {
            using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                File.Delete(file);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    [LoggerMessage(EventId = 1111, Level = LogLevel.Information, Message = "{Count} unfinished objects swept from the spool")]
    private partial void LogSwept(int count);
}
