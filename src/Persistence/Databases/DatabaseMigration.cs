using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Persistence;

/// <summary>
/// Brings the schema up to date before any other hosted service starts. Replicas that start together take turns behind a lock
/// that the operating system or the server drops when its holder dies.
/// </summary>
public sealed partial class DatabaseMigration(
    IDbContextFactory<GatewayDbContext> databases, DataDirectory data, ILogger<DatabaseMigration> logger) : IHostedLifecycleService
{
    private const long AdvisoryLock = 0x47_57_4D_49_47_52_41_54; // "GWMIGRAT"

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        data.Create();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (db.Database.IsNpgsql())
            await MigratePostgresAsync(db, cancellationToken);
        else
            await MigrateSqliteAsync(db, cancellationToken);
        LogReady(db.Database.ProviderName!);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task MigratePostgresAsync(GatewayDbContext db, CancellationToken cancel)
    {
        // A session lock: it must be taken and given back on the connection that migrates.
        await db.Database.OpenConnectionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({AdvisoryLock})", cancel);
        try
        {
            await db.Database.MigrateAsync(cancel);
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({AdvisoryLock})", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task MigrateSqliteAsync(GatewayDbContext db, CancellationToken cancel)
    {
        var file = Path.GetFullPath(db.Database.GetDbConnection().DataSource);
        await using var migrating = await FileLock.WaitAsync(file + ".migrate", cancel);

        // EF Core's own lock is a row, which outlives a killed process and would stop every later start.
        // We hold the file lock, so such a row has no owner.
        if (File.Exists(file))
            await db.Database.ExecuteSqlAsync($"DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancel);
        await db.Database.MigrateAsync(cancel);
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "Database schema is up to date ({Provider})")]
    private partial void LogReady(string provider);
}
