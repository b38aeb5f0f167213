using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Persistence;

/// <summary>Makes contexts of the configured provider. Options are built once; a context is cheap and short-lived.</summary>
public sealed class GatewayDbContextFactory : IDbContextFactory<GatewayDbContext>
{
    private readonly Func<GatewayDbContext> _create;

    public GatewayDbContextFactory(IOptions<DatabaseOptions> options, DataDirectory data, OutboxSignal signal, ILoggerFactory loggers)
    {
        IInterceptor[] interceptors = [new OutboxWatch(signal)];
        var (provider, connection) = (options.Value.Provider, options.Value.ConnectionString);
        if (provider == DatabaseProvider.Postgres)
        {
            var built = new DbContextOptionsBuilder<PostgresGatewayDbContext>()
                .UseNpgsql(connection).AddInterceptors(interceptors).UseLoggerFactory(loggers).Options;
            _create = () => new PostgresGatewayDbContext(built);
        }
        else
        {
            var built = new DbContextOptionsBuilder<SqliteGatewayDbContext>()
                .UseSqlite(connection ?? SqliteConnection(data)).AddInterceptors([.. interceptors, new SqliteDurability()])
                .UseLoggerFactory(loggers).Options;
            _create = () => new SqliteGatewayDbContext(built);
        }
    }

    public GatewayDbContext CreateDbContext() => _create();

    private static string SqliteConnection(DataDirectory data) =>
        new SqliteConnectionStringBuilder { DataSource = data.Database, DefaultTimeout = SqliteDurability.BusySeconds }.ToString();
}
