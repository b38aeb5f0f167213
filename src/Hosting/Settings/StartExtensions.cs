using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Hosting;

/// <summary>The start of a process of ours.</summary>
public static class StartExtensions
{
    private const int WrongSettings = 2;

    /// <summary>Starts it, unless the configuration forbids it or another process has the data folder.</summary>
    /// <exception cref="SettingsException">It is forbidden; nothing was opened.</exception>
    /// <exception cref="StartException">The database does not answer, or a port is taken.</exception>
    public static async Task StartCheckedAsync(this WebApplication app, CancellationToken cancel = default)
    {
        if (app.Services.GetRequiredService<SettingsCheck>().Faults() is { Count: > 0 } faults)
            throw new SettingsException(faults);
        app.Services.GetService<DataFolderLock>()?.Take();
        await StartFaults.ReachDatabaseAsync(app.Services, cancel);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (Exception error) when (StartFaults.Of(error) is { } fault)
        {
            throw fault;
        }

        app.Services.GetRequiredService<StartFaults>().Started();
    }

    /// <summary>Composes a service, starts it and waits for its end.</summary>
    /// <returns>Exit code; with a line on standard error for each fault of its settings (2), or for what it cannot have (1, 3).</returns>
    public static async Task<int> RunAsync(Func<WebApplication> compose)
    {
        try
        {
            var app = compose();
            await app.StartCheckedAsync();
            await app.ServeAsync();
            return 0;
        }
        catch (Exception error) when (SettingsCheck.FaultsOf(error) is { } faults)
        {
            foreach (var fault in faults)
                await Console.Error.WriteLineAsync(fault);
            return WrongSettings;
        }
        catch (StartException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return error.ExitCode;
        }
    }
}
