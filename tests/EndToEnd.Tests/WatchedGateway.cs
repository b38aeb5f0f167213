using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests;

/// <summary>
/// Runs verbs as a user with an empty HOME and an umask that hides nothing, in a folder of its own. strace notes every address that any
/// of their threads connects or sends to, whether or not this machine has a network.
/// </summary>
internal sealed partial class WatchedGateway : IDisposable
{
    // The number of the process comes first: a signal to strace would not reach it.
    private const string AsAUser =
        "echo $$; umask 000; unset XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_RUNTIME_DIR; exec \"$@\"";

    private readonly TemporaryDirectory _folder = new();
    private int _runs;

    public WatchedGateway()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Work);
    }

    public string Home => _folder.Combine("home");

    /// <summary>The folder verbs are called from.</summary>
    public string Work => _folder.Combine("work");

    /// <summary>Runs a verb to its end.</summary>
    public async Task<ToolResult> RunAsync(params string[] arguments)
    {
        var start = Start(arguments);
        return await Tool.RunAsync(start.FileName, start.ArgumentList, TimeSpan.FromMinutes(3), Work, Environment);
    }

    /// <summary>Starts <c>gateway run</c>, does something to it once it is ready, and stops it as a service manager does.</summary>
    public async Task RunAsync(Func<Task> meanwhile, params string[] arguments)
    {
        var start = Start(["run", .. arguments]);
        start.WorkingDirectory = Work;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var id = await process.StandardOutput.ReadLineAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("READY", StringComparison.Ordinal))
                continue;
            await meanwhile();
            (await Tool.RunAsync("kill", ["-TERM", id!])).Succeeded();
            await process.WaitForExitAsync();
            return;
        }
        Assert.Fail("The gateway did not get ready: " + await errors);
    }

    /// <summary>Where the verbs wanted to, without what this machine is asked on the ports named.</summary>
    public IEnumerable<string> Contacts(params int[] own) =>
        from trace in Directory.EnumerateFiles(_folder.Path, "*.trace")
        from line in File.ReadLines(trace)
        from Match found in InternetAddress().Matches(line)
        let port = int.Parse(found.Groups["port"].Value, CultureInfo.InvariantCulture)
        let address = Unmapped(IPAddress.Parse(found.Groups["address"].Value))
        where !IPAddress.IsLoopback(address) || !own.Contains(port)
        select $"{Path.GetFileNameWithoutExtension(trace)}: {address} port {port}";

    /// <summary>Files and folders below a folder, by their paths from there.</summary>
    public static IEnumerable<string> Entries(string folder) =>
        Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    private ProcessStartInfo Start(string[] arguments) => new("strace",
    [
        "-f", "--seccomp-bpf", "-qq", "-s", "0", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o",
        _folder.Combine($"{++_runs}-{arguments[0]}.trace"),
        "sh", "-c", AsAUser, "sh", "dotnet", Path.Combine(AppContext.BaseDirectory, "gateway.dll"), .. arguments,
    ]);

    private Dictionary<string, string> Environment => new() { ["HOME"] = Home, ["OMP_WAIT_POLICY"] = "PASSIVE" };

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    [GeneratedRegex("""sin6?_port=htons\((?<port>\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"(?<address>[^"]+)\x22""")]
    private static partial Regex InternetAddress();
}
