using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gateway.Testing;

/// <summary>
/// A server of the test process's own, in a folder of its own. A small shell watches over it: it obeys kill and start, and when its
/// stdin closes, because the tests ended or were killed themselves, it stops the server and deletes the folder.
/// </summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Supervisor =
        """
        folder=$1; shift
        trap : INT TERM HUP
        start() { setsid "$@" >>"$folder/console.log" 2>&1 </dev/null & server=$!; }
        # Postgres gives each backend a session of its own: only their parents tell what is the server's.
        signal_all() { local child; kill -$1 $2; for child in $(pgrep -P $2); do signal_all $1 $child; done; }
        start "$@"
        echo started
        while read -r order; do
            case $order in
                stop-*) kill -${order#stop-} -- -$server; wait $server 2>/dev/null;;
                kill) kill -KILL -- -$server; wait $server 2>/dev/null;;
                start) start "$@";;
                freeze) signal_all STOP $server;;
                thaw) signal_all CONT $server;;
            esac
            echo "$order"
        done
        kill -TERM -- -$server 2>/dev/null
        for tick in $(seq 100); do kill -0 -- -$server 2>/dev/null || break; sleep 0.1; done
        kill -KILL -- -$server 2>/dev/null
        rm -rf "$folder"
        """;

    // Rooted here: collected, a process object closes the stdin that the supervisor lives by.
    private static readonly ConcurrentDictionary<ServerProcess, bool> Running = [];
    private readonly Process _supervisor;
    private readonly string _name;

    /// <param name="name">For messages.</param>
    /// <param name="folder">Holds the server's files; deleted at the end.</param>
    /// <param name="command">Absolute path of the program and its arguments; it stays in the foreground.</param>
    public ServerProcess(string name, string folder, IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        (_name, Folder) = (name, folder);
        var start = new ProcessStartInfo("/bin/bash", ["-c", Supervisor, name, folder, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        _supervisor = Process.Start(start)!;
        _supervisor.StandardOutput.ReadLine();
        Running[this] = true;
    }

    /// <summary>Where the server's files are.</summary>
    public string Folder { get; }

    /// <summary>kill -9, as a power cut would; returns when the process is gone.</summary>
    public Task KillAsync() => OrderAsync("kill");

    /// <summary>Asks it to end; returns when the process is gone.</summary>
    /// <param name="signal">The one by which it ends in order and soon.</param>
    public Task StopAsync(string signal) => OrderAsync($"stop-{signal}");

    /// <summary>SIGSTOP: it holds its connections and answers nothing.</summary>
    public Task FreezeAsync() => OrderAsync("freeze");

    /// <summary>SIGCONT after <see cref="FreezeAsync"/>.</summary>
    public Task ThawAsync() => OrderAsync("thaw");

    /// <summary>Starts it again on the same files.</summary>
    public Task StartAsync() => OrderAsync("start");

    /// <summary>Waits until the server answers.</summary>
    /// <exception cref="TimeoutException">It does not; the message holds the end of its log.</exception>
    public async Task ReadyAsync(Func<Task<bool>> answers)
    {
        try
        {
            await Eventually.TrueAsync(answers, $"{_name} answers", TimeSpan.FromMinutes(3));
        }
        catch (TimeoutException e)
        {
            var log = await File.ReadAllTextAsync(Path.Combine(Folder, "console.log"));
            throw new TimeoutException($"{e.Message}{Environment.NewLine}{log[Math.Max(0, log.Length - 4_000)..]}", e);
        }
    }

    public void Dispose()
    {
        Running.TryRemove(this, out _);
        _supervisor.StandardInput.Close();
        _supervisor.WaitForExit();
        _supervisor.Dispose();
    }

    /// <summary>Who a server runs as: Debian's packages bring a user each, and most refuse to be root.</summary>
    public static string[] As(string user) => Environment.IsPrivilegedProcess ? ["/usr/sbin/runuser", "-u", user, "--"] : [];

    /// <summary>A folder the user can work in.</summary>
    public static string NewFolder(string user)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-server-").FullName;
        Tool.Run("chmod", "755", folder).Succeeded();
        if (Environment.IsPrivilegedProcess)
            Tool.Run("chown", user, folder).Succeeded();
        return folder;
    }

    /// <exception cref="InvalidOperationException">None of the paths exists.</exception>
    public static string Installed(string package, string variable, params IEnumerable<string> paths) =>
        paths.LastOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            $"The tests need {package}: install the package (eng/test does, as root) or set {variable}.");

    private async Task OrderAsync(string order)
    {
        await _supervisor.StandardInput.WriteLineAsync(order);
        await _supervisor.StandardInput.FlushAsync();
        await _supervisor.StandardOutput.ReadLineAsync();
    }
}
