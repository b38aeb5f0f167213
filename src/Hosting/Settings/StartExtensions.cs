using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Hosting;

/// <summary>The start of a process of ours.</summary>
public static class StartExtensions
{
    private const int WrongSettings = 2;

    /// <summary>Starts it, unless the configuration forbids it or another process has the data folder.</summary>
    /// <exception cref="SettingsException">It is forbidden; nothing was opened.</exception>
    public static async Task StartCheckedAsync(this WebApplication app, CancellationToken cancel = default)
    {
        if (app.Services.GetRequiredService<SettingsCheck>().Faults() is { Count: > 0 } faults)
            throw new SettingsException(faults);
        app.Services.GetService<DataFolderLock>()?.Take();
        await app.StartAsync(cancel);
    }

    /// <summary>Composes a service, starts it and waits for its end.</summary>
    /// <returns>Exit code: 2 with a line on standard error for each fault of its settings.</returns>
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
    }
}
