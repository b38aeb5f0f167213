using System.Data.Common;
using System.Net.Sockets;
using Gateway.Persistence;
using Microsoft.AspNetCore.Connections;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Hosting;

/// <summary>What can go wrong at the start and is no fault of the program: told in a line, instead of the host's trace of its
/// stack.</summary>
internal sealed class StartFaults
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";
    private const int Failed = 1;
    private const int ServerMissing = 3;

    private volatile bool _started;

    /// <summary>The host logs each exception of its start, which we tell or throw on.</summary>
    public static void Add(IServiceCollection services)
    {
        var faults = new StartFaults();
        services.AddSingleton(faults);
        services.Configure<LoggerFilterOptions>(options => options.Rules.Insert(0, new(
            null, Host, null, (_, _, level) => level >= LogLevel.Information && (faults._started || level < LogLevel.Error))));
    }

    public void Started() => _started = true;

    /// <exception cref="StartException">The database does not answer.</exception>
    public static async Task ReachDatabaseAsync(IServiceProvider services, CancellationToken cancel)
    {
        services.GetRequiredService<DataDirectory>().Create();
        try
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(cancel);
            await db.Database.GetDbConnection().OpenAsync(cancel);
        }
        catch (Exception error) when (error is DbException or SocketException or TimeoutException)
        {
            throw new StartException(
                $"The database cannot be opened: {Line(error)} Where it is, Database:ConnectionString says.", ServerMissing, error);
        }
    }

    /// <returns>Null: not a fault of the place it is started in.</returns>
    public static StartException? Of(Exception error) => error switch
    {
        SocketException or IOException { InnerException: AddressInUseException } =>
            new($"{Line(error)} Another address is chosen with urls.", Failed, error),
        IOException or UnauthorizedAccessException => new(Line(error), Failed, error),
        _ => null,
    };

    private static string Line(Exception error) => error.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ') + ".";
}
