using Npgsql;

namespace Gateway.Testing;

/// <summary>
/// PostgreSQL for tests: the server that <c>GATEWAY_TEST_POSTGRES</c> (a connection string of a user who may create databases) names,
/// else one of our own from Debian's package. One for the test process; a test that kills its server starts its own.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    public const string Variable = "GATEWAY_TEST_POSTGRES";
    private static readonly Lazy<Task<PostgresServer>> Shared = new(OpenAsync);
    private static int _databases;
    private readonly string _connection;
    private readonly ServerProcess? _process;

    private PostgresServer(string connection, ServerProcess? process = null) => (_connection, _process) = (connection, process);

    /// <summary>The running server.</summary>
    /// <exception cref="InvalidOperationException">There is none, and none can be started.</exception>
    public static Task<PostgresServer> GetAsync() => Shared.Value;

    /// <summary>A server for one test, which may kill it.</summary>
    public static Task<PostgresServer> StartOwnAsync() => LaunchAsync();

    /// <summary>kill -9; only for a server of one's own.</summary>
    public Task KillAsync() => Own.KillAsync();

    /// <summary>A shutdown that waits for no client; only of a server of one's own.</summary>
    public Task StopAsync() => Own.StopAsync("INT");

    /// <summary>It holds its connections and answers nothing; only a server of one's own.</summary>
    public Task FreezeAsync() => Own.FreezeAsync();

    /// <summary>It goes on where <see cref="FreezeAsync"/> held it.</summary>
    public Task ThawAsync() => Own.ThawAsync();

    /// <summary>Starts it again on the same files and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var data = Path.Combine(Own.Folder, "data");
        await Eventually.TrueAsync(() => !LivesIn(data), "the backends of the killed server are gone");
        // In a container nobody may bury the one that they name: it would count as alive.
        string[] locks = [Path.Combine(data, "postmaster.pid"), .. Directory.GetFiles(Own.Folder, ".s.PGSQL.*.lock")];
        Array.ForEach(locks, File.Delete);
        await Own.StartAsync();
        await Own.ReadyAsync(() => AnswersAsync(_connection));
    }

    public void Dispose() => _process?.Dispose();

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

    private ServerProcess Own => _process ?? throw new InvalidOperationException($"The server of {Variable} is not ours to kill.");

    private static Task<PostgresServer> OpenAsync() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? Task.FromResult(new PostgresServer(given)) : LaunchAsync();

    private static async Task<PostgresServer> LaunchAsync()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(folder => folder + "/bin/postgres") : [];
        var postgres = ServerProcess.Installed("postgresql", Variable, programs);
        var folder = ServerProcess.NewFolder("postgres");
        var (data, port) = (Path.Combine(folder, "data"), FreePort.Next());
        string[] runAs = ServerProcess.As("postgres");
        string[] init = [
            .. runAs, Path.Combine(Path.GetDirectoryName(postgres)!, "initdb"), "-D", data, "-U", "gateway", "--auth=trust", "-E", "UTF8",
            "--no-locale", "-N"];
        Tool.Run(init[0], init[1..]).Succeeded();

        // What is only for a power cut would only cost time; a kill loses nothing by it.
        string[] settings = [
            $"port={port}", "listen_addresses=127.0.0.1", $"unix_socket_directories={folder}", "fsync=off", "full_page_writes=off",
            "max_connections=200"];
        var server = new ServerProcess(
            "postgres", folder, [.. runAs, postgres, "-D", data, .. settings.SelectMany(setting => (string[])["-c", setting])]);
        var connection = $"Host=127.0.0.1;Port={port};Username=gateway;Database=postgres;Maximum Pool Size=30";
        await server.ReadyAsync(() => AnswersAsync(connection));
        return new PostgresServer(connection, server);
    }

    private static bool LivesIn(string folder) => Directory.GetDirectories("/proc").Any(process =>
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget == folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;    // it ended, or is another's
        }
    });

    private static async Task<bool> AnswersAsync(string connection)
    {
        try
        {
            // A pool would hand out a connection that died with the server.
            await using var opened = new NpgsqlConnection(connection + ";Pooling=false");
            await opened.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
