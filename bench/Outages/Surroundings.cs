using System.Net;
using System.Net.Sockets;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Outages;

/// <summary>What the gateway leans on in one run: PostgreSQL, RabbitMQ, a disk of its own (a tmpfs where we may mount one), three
/// archives (dcmtk's storescp), of which the last may go away.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    private const int DiskMebibytes = 600;
    private const string Ballast = "ballast";

    private readonly TemporaryFolder _folder = new();
    private readonly int[] _ports = [Harness.FreePort.Next(), Harness.FreePort.Next(), Harness.FreePort.Next()];
    private readonly List<ChildProcess> _others = [];
    private ChildProcess? _archive;
    private TcpListener? _silent;

    private Surroundings(PostgresServer database, RabbitMqServer broker, string connection) =>
        (Database, Broker, Connection, Data) = (database, broker, connection, new DataDirectory(_folder.Sub("data")));

    /// <summary>The destination that may go away.</summary>
    public const string Last = "archive-2";

    public PostgresServer Database { get; }
    public RabbitMqServer Broker { get; }
    public string Connection { get; }
    public DataDirectory Data { get; }

    public static async Task<Surroundings> StartAsync()
    {
        var database = await PostgresServer.StartOwnAsync();
        var broker = await RabbitMqServer.StartOwnAsync();
        var made = new Surroundings(database, broker, await database.CreateDatabaseAsync());
        Directory.CreateDirectory(made.Data.Root);
        if (Environment.IsPrivilegedProcess)
            Tool.Run("mount", "-t", "tmpfs", "-o", $"size={DiskMebibytes}m", "tmpfs", made.Data.Root).Succeeded();
        made._others.AddRange(made._ports[..^1].Select(Storescp));
        await made.StartArchiveAsync();
        return made;
    }

    public IEnumerable<string> Settings =>
    [
        "Database:Provider=Postgres", $"Database:ConnectionString={Connection}",
        "Bus:Transport=RabbitMq", $"Bus:Host={Broker.Root}", $"Bus:Username={Broker.Username}", $"Bus:Password={Broker.Password}",
        "Disk:MinimumFreeMebibytes=1",
        .. _ports.SelectMany((port, i) => (string[])
        [
            $"Delivery:Destinations:{i}:Name=archive-{i}", $"Delivery:Destinations:{i}:Host=127.0.0.1",
            $"Delivery:Destinations:{i}:Port={port}", $"Delivery:Destinations:{i}:CalledAe=PACS",
        ]),
    ];

    public Task FillDiskAsync()
    {
        if (!Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("Only root may mount the small disk that is to be full.");
        using var file = File.Create(Path.Combine(Data.Root, Ballast));
        try
        {
            for (var block = new byte[1 << 16]; ;)
                file.Write(block);
        }
        catch (IOException)
        {
            return Task.CompletedTask;    // full
        }
    }

    public Task FreeDiskAsync()
    {
        File.Delete(Path.Combine(Data.Root, Ballast));
        return Task.CompletedTask;
    }

    public Task StartArchiveAsync()
    {
        _silent?.Dispose();
        _silent = null;
        _archive = Storescp(_ports[^1]);
        return Task.CompletedTask;
    }

    public Task StopArchiveAsync()
    {
        _archive?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>It accepts connections and says nothing.</summary>
    public Task SilenceArchiveAsync()
    {
        _archive?.Dispose();
        _silent = new(IPAddress.Loopback, _ports[^1]);
        _silent.Start();
        return Task.CompletedTask;
    }

    private static ChildProcess Storescp(int port) => new("storescp", ["--ignore", "-aet", "PACS", $"{port}"]);

    public ValueTask DisposeAsync()
    {
        _others.ForEach(archive => archive.Dispose());
        _archive?.Dispose();
        _silent?.Dispose();
        Broker.Dispose();
        Database.Dispose();
        if (Environment.IsPrivilegedProcess)
            Tool.Run("umount", Data.Root).Succeeded();
        _folder.Dispose();
        return default;
    }
}
