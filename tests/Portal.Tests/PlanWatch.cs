using System.Data.Common;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gateway.Portal.Tests;

/// <summary>Contexts of a test database that note how it means to run each query.</summary>
internal sealed class PlanWatch(TestDatabase database) : DbCommandInterceptor, IDbContextFactory<GatewayDbContext>
{
    private readonly bool _isPostgres = database.Options.Provider == DatabaseProvider.Postgres;

    /// <summary>One text a query, in the order they ran.</summary>
    public List<string> Plans { get; } = [];

    public GatewayDbContext CreateDbContext() => _isPostgres
        ? new PostgresGatewayDbContext(
            new DbContextOptionsBuilder<PostgresGatewayDbContext>().UseNpgsql(database.Options.ConnectionString)
                .AddInterceptors(this).Options)
        : new SqliteGatewayDbContext(
            new DbContextOptionsBuilder<SqliteGatewayDbContext>().UseSqlite(database.Options.ConnectionString)
                .AddInterceptors(this).Options);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        var asked = command.CommandText;
        command.CommandText = (_isPostgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + asked;
        var lines = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                lines.Add(reader.GetString(_isPostgres ? 0 : 3));
        command.CommandText = asked;
        Plans.Add(string.Join('\n', lines));
        return result;
    }
}
