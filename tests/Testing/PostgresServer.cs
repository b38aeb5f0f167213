using Npgsql;

namespace Gateway.Testing;

/// <summary>
/// PostgreSQL for tests: the server that <c>GATEWAY_TEST_POSTGRES</c> (a connection string of a user who may create databases) names,
/// else one of our own from Debian's package. One for the test process.
/// </summary>
public sealed class PostgresServer
{
    public const string Variable = "GATEWAY_TEST_POSTGRES";
    private static readonly Lazy<Task<PostgresServer>> Shared = new(OpenAsync);
    private static int _databases;
    private readonly string _connection;

    private PostgresServer(string connection) => _connection = connection;

    /// <summary>The running server.</summary>
    /// <exception cref="InvalidOperationException">There is none, and none can be started.</exception>
    public static Task<PostgresServer> GetAsync() => Shared.Value;

    /// <summary>Makes a database that no other test has.</summary>
    /// <param name="template">A database to copy, or null for an empty one.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"t{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"""CREATE DATABASE "{name}" {(template is null ? "" : $"TEMPLATE \"{template}\"")}""");
        return new NpgsqlConnectionStringBuilder(_connection) { Database = name }.ToString();
    }

    /// <summary>Deletes a database with the connections it still has.</summary>
    public Task DropDatabaseAsync(string connection) =>
        ExecuteAsync($"""DROP DATABASE IF EXISTS "{new NpgsqlConnectionStringBuilder(connection).Database}" WITH (FORCE)""");

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PostgresServer> OpenAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return new PostgresServer(given);
        var programs = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(folder => folder + "/bin/postgres") : [];
        var postgres = ServerProcess.Installed("postgresql", Variable, programs);
        var folder = ServerProcess.NewFolder("postgres");
        var (data, port) = (Path.Combine(folder, "data"), FreePort.Next());
        string[] runAs = ServerProcess.As("postgres");
        string[] init = [.. runAs, Path.Combine(Path.GetDirectoryName(postgres)!, "initdb"), "-D", data, "-U", "gateway", "--auth=trust", "-E", "UTF8", "--no-locale", "-N"];
        Tool.Run(init[0], init[1..]).Succeeded();

        // Tests kill brokers and gateways, never this: what is only for a power cut would only cost time.
        string[] settings = [$"port={port}", "listen_addresses=127.0.0.1", $"unix_socket_directories={folder}", "fsync=off", "full_page_writes=off", "max_connections=200"];
        var server = new ServerProcess("postgres", folder, [.. runAs, postgres, "-D", data, .. settings.SelectMany(setting => (string[])["-c", setting])]);
        var connection = $"Host=127.0.0.1;Port={port};Username=gateway;Database=postgres;Maximum Pool Size=30";
        await server.ReadyAsync(() => AnswersAsync(connection));
        return new PostgresServer(connection);
    }

    private static async Task<bool> AnswersAsync(string connection)
    {
        try
        {
            await using var opened = new NpgsqlConnection(connection);
            await opened.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
