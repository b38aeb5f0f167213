using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Gateway.Testing;

/// <summary>
/// RabbitMQ for tests: the broker that <c>GATEWAY_TEST_RABBITMQ</c> names by its management address
/// (<c>http://user:password@host:15672</c>, AMQP on 5672), else one of our own from Debian's package. Tests share one, each with its own
/// virtual host; a test that kills its broker starts its own.</summary>
public sealed class RabbitMqServer : IDisposable
{
    public const string Variable = "GATEWAY_TEST_RABBITMQ";
    private static readonly Lazy<Task<RabbitMqServer>> Shared = new(() => OpenAsync());
    private static int _virtualHosts;
    private readonly HttpClient _management;
    private readonly ServerProcess? _process;
    private readonly string _host;
    private readonly int _port;

    private RabbitMqServer(Uri management, int port, ServerProcess? process)
    {
        var credentials = Uri.UnescapeDataString(management.UserInfo).Split(':', 2);
        (Username, Password) = (credentials[0], credentials[^1]);
        (_host, _port, _process) = (management.Host, port, process);
        _management = new HttpClient { BaseAddress = management };
        _management.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}")));
    }

    /// <summary>The virtual host that every broker has.</summary>
    public Uri Root => new($"rabbitmq://{_host}:{_port}/");

    public string Username { get; }
    public string Password { get; }

    /// <summary>The broker that tests share.</summary>
    /// <exception cref="InvalidOperationException">There is none, and none can be started.</exception>
    public static Task<RabbitMqServer> GetAsync() => Shared.Value;

    /// <summary>A broker for one test, which may kill it.</summary>
    public static Task<RabbitMqServer> StartOwnAsync() => LaunchAsync();

    /// <summary>Makes a virtual host that no other test has.</summary>
    /// <returns>Its address, as <c>Bus:Host</c> takes it.</returns>
    public async Task<Uri> CreateVirtualHostAsync()
    {
        var name = $"t{Environment.ProcessId}-{Interlocked.Increment(ref _virtualHosts)}";
        (await _management.PutAsync($"/api/vhosts/{name}", null)).EnsureSuccessStatusCode();
        return new Uri($"rabbitmq://{_host}:{_port}/{name}");
    }

    /// <summary>What the management API says of the queues of a virtual host (name, type, messages...).</summary>
    public async Task<IReadOnlyList<JsonElement>> QueuesAsync(Uri virtualHost) =>
        await _management.GetFromJsonAsync<JsonElement[]>($"/api/queues{virtualHost.AbsolutePath}") ?? [];

    /// <summary>Declares a queue as somebody else left it.</summary>
    public async Task DeclareQueueAsync(Uri virtualHost, string name, string type)
    {
        var queue = new { durable = true, arguments = new Dictionary<string, string> { ["x-queue-type"] = type } };
        (await _management.PutAsJsonAsync($"/api/queues{virtualHost.AbsolutePath}/{name}", queue)).EnsureSuccessStatusCode();
    }

    /// <summary>
    /// Waits until a broker of one's own has written down that it has a quorum queue. RabbitMQ 3.10 does so some seconds after it said the
    /// queue was declared (a DETS table with delayed writes); killed before that, it comes back with a queue that never elects a leader.
    /// </summary>
    public Task WrittenDownAsync(string queue) => Eventually.TrueAsync(
        async () =>
        {
            var registers = Directory.GetFiles(Own.Folder, "*.dets", SearchOption.AllDirectories)
                .Where(file => file.Contains("/quorum/", StringComparison.Ordinal));
            foreach (var register in registers)
            {
                if (!Encoding.Latin1.GetString(await File.ReadAllBytesAsync(register)).Contains(queue, StringComparison.Ordinal))
                    return false;
            }
            return true;
        },
        $"the broker has written down {queue}");

    /// <summary>kill -9; only for a broker of one's own.</summary>
    public Task KillAsync() => Own.KillAsync();

    public Task StopAsync() => Own.StopAsync("TERM");

    /// <summary>kill -9, and all that it had written is gone: queues, messages, virtual hosts.</summary>
    public async Task WipeAsync()
    {
        await Own.KillAsync();
        Directory.Delete(Path.Combine(Own.Folder, "mnesia"), recursive: true);
    }

    /// <summary>Starts it again on the same files and waits until it answers.</summary>
    public async Task StartAsync()
    {
        await Own.StartAsync();
        await Own.ReadyAsync(AnswersAsync);
    }

    public void Dispose()
    {
        _management.Dispose();
        _process?.Dispose();
    }

    private ServerProcess Own => _process ?? throw new InvalidOperationException($"The broker of {Variable} is not ours to kill.");

    private static Task<RabbitMqServer> OpenAsync() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? Task.FromResult(new RabbitMqServer(new Uri(given), 5672, null))
            : LaunchAsync();

    private static async Task<RabbitMqServer> LaunchAsync()
    {
        var program = ServerProcess.Installed("rabbitmq-server", Variable, "/usr/lib/rabbitmq/bin/rabbitmq-server");
        var folder = ServerProcess.NewFolder("rabbitmq");
        var (port, management, distribution, nameServer) = (FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next());
        await File.WriteAllTextAsync(
            Path.Combine(folder, "rabbitmq.conf"),
            $"""
            listeners.tcp.default = 127.0.0.1:{port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {management}
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "enabled_plugins"), "[rabbitmq_management].");
        var environment = new Dictionary<string, string>
        {
            ["RABBITMQ_NODENAME"] = "gateway@localhost",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
            ["RABBITMQ_DIST_PORT"] = $"{distribution}",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none +sbwtdcpu none +sbwtdio none",
            ["ERL_EPMD_PORT"] = $"{nameServer}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["HOME"] = folder,
        };

        // The name server is ours too: Erlang would start one that outlives the broker. It shares the broker's process group.
        var names = $"epmd -port {nameServer} & until epmd -port {nameServer} -names >/dev/null 2>&1; do sleep 0.1; done";

        // Each quorum queue reserves files: with the usual 1024 some hundreds of queues are too many, and the broker goes silent.
        string[] command =
        [
            .. ServerProcess.As("rabbitmq"), "/bin/sh", "-c",
            $"ulimit -n 8192; {names}; exec {program}",
        ];
        var process = new ServerProcess("rabbitmq", folder, command, environment);
        var server = new RabbitMqServer(new Uri($"http://guest:guest@127.0.0.1:{management}"), port, process);
        await process.ReadyAsync(server.AnswersAsync);
        return server;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _management.GetAsync("/api/health/checks/virtual-hosts");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
