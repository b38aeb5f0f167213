using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>Contexts of a test database that stop actors at each step.</summary>
internal sealed class StepContexts(TestDatabase database) : IDbContextFactory<GatewayDbContext>
{
    private readonly StepInterceptor _steps = new();

    public GatewayDbContext CreateDbContext() => database.Options.Provider == DatabaseProvider.Postgres
        ? new PostgresGatewayDbContext(
            new DbContextOptionsBuilder<PostgresGatewayDbContext>().UseNpgsql(database.Options.ConnectionString)
                .AddInterceptors(_steps).Options)
        : new SqliteGatewayDbContext(
            new DbContextOptionsBuilder<SqliteGatewayDbContext>().UseSqlite(database.Options.ConnectionString)
                .AddInterceptors(_steps).Options);
}
