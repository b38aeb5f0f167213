using Gateway.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gateway.Testing;

/// <summary>A migrated, empty database of a test's own, with a data directory beside it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);
    private readonly TemporaryDirectory _folder = new();
    private readonly bool _isOnOwnServer;

    private TestDatabase(DatabaseProvider provider, string? connection, bool isOnOwnServer = false)
    {
        _isOnOwnServer = isOnOwnServer;
        Data = new DataDirectory(_folder.Path).Create();
        Options = new DatabaseOptions
        {
            Provider = provider,
            ConnectionString = connection ?? $"Data Source={Data.Database};Default Timeout=30",
        };
        Contexts = NewContexts(Signal);
    }

    /// <summary>Where spool, objects and, for SQLite, the database are.</summary>
    public DataDirectory Data { get; }

    /// <summary>As the <c>Database</c> section says it.</summary>
    public DatabaseOptions Options { get; }

    /// <summary>Set by saves through <see cref="Contexts"/>.</summary>
    public OutboxSignal Signal { get; } = new();

    public IDbContextFactory<GatewayDbContext> Contexts { get; }

    public GatewayDbContext Open() => Contexts.CreateDbContext();

    /// <summary>Contexts on the same database as another process would make them.</summary>
    public IDbContextFactory<GatewayDbContext> NewContexts(OutboxSignal signal) => Factory(Options, Data, signal);

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Postgres)
            return new TestDatabase(provider, await (await PostgresServer.GetAsync()).CreateDatabaseAsync(await Template.Value));
        var database = new TestDatabase(provider, null);
        await MigrateAsync(database.Contexts, database.Data);
        return database;
    }

    /// <summary>On a server of the test's own.</summary>
    public static async Task<TestDatabase> CreateOnAsync(PostgresServer server)
    {
        var database = new TestDatabase(DatabaseProvider.Postgres, await server.CreateDatabaseAsync(), isOnOwnServer: true);
        await MigrateAsync(database.Contexts, database.Data);
        return database;
    }

    /// <summary>Like <see cref="CreateAsync"/>, without any table yet.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseProvider provider) =>
        new(provider, provider == DatabaseProvider.Postgres ? await (await PostgresServer.GetAsync()).CreateDatabaseAsync() : null);

    public async ValueTask DisposeAsync()
    {
        if (Options.Provider == DatabaseProvider.Postgres)
        {
            NpgsqlConnection.ClearPool(new NpgsqlConnection(Options.ConnectionString));
            if (!_isOnOwnServer)    // which it goes with
                await (await PostgresServer.GetAsync()).DropDatabaseAsync(Options.ConnectionString!);
        }
        else
        {
            SqliteConnection.ClearPool(new SqliteConnection(Options.ConnectionString));
        }
        Signal.Dispose();
        _folder.Dispose();
    }

    // A copy of a migrated database takes a tenth of the time of migrating one.
    private static async Task<string> MakeTemplateAsync()
    {
        var connection = await (await PostgresServer.GetAsync()).CreateDatabaseAsync();
        using var folder = new TemporaryDirectory();
        using var signal = new OutboxSignal();
        var data = new DataDirectory(folder.Path);
        var unpooled = new NpgsqlConnectionStringBuilder(connection) { Pooling = false };
        await MigrateAsync(
            Factory(new DatabaseOptions { Provider = DatabaseProvider.Postgres, ConnectionString = unpooled.ToString() }, data, signal),
            data);
        return unpooled.Database!;
    }

    private static Task MigrateAsync(IDbContextFactory<GatewayDbContext> contexts, DataDirectory data) =>
        new DatabaseMigration(contexts, data, NullLogger<DatabaseMigration>.Instance).StartingAsync(CancellationToken.None);

    private static GatewayDbContextFactory Factory(DatabaseOptions options, DataDirectory data, OutboxSignal signal) =>
        new(Microsoft.Extensions.Options.Options.Create(options), data, signal, NullLoggerFactory.Instance);
}
