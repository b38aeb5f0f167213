using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>The life of a process of ours, from its start to its end.</summary>
public static partial class ServeExtensions
{
    /// <summary>Beyond the host's own time-out: for what that has cut off.</summary>
    private static readonly TimeSpan AfterTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Runs what was started until it is told to stop, and disposes of it. What does not stop in time, such as native code
    /// that hangs, is left behind: the process ends, and the work is done again.</summary>
    public static async Task ServeAsync(this WebApplication app, CancellationToken cancel = default)
    {
        var (limit, logger) = (app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout, app.Logger);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopping = app.Lifetime.ApplicationStopping.Register(told.SetResult);
        var end = EndAsync(app, cancel);
        await Task.WhenAny(told.Task, end);
        if (await Task.WhenAny(end, Task.Delay(limit + AfterTimeout, CancellationToken.None)) == end)
            await end;
        else
            LogLeft(logger, limit.TotalSeconds);
    }

    private static async Task EndAsync(WebApplication app, CancellationToken cancel)
    {
        try
        {
            await app.WaitForShutdownAsync(cancel);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Something did not stop in time. Nothing that was said to be kept depends on it.
        }

        await app.DisposeAsync();
    }

    [LoggerMessage(
        EventId = 4108, Level = LogLevel.Warning, Message = "Not everything stopped within {Seconds} s; it ends with the process")]
    private static partial void LogLeft(ILogger logger, double seconds);
}
