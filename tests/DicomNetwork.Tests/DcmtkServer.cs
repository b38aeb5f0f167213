using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Gateway.Testing;

namespace Gateway.DicomNetwork.Tests;

/// <summary>dcmtk's storescp in a folder of its own, listening when the start returns, killed when disposed.</summary>
internal sealed class DcmtkServer : IDisposable
{
    private readonly Process _process;
    private readonly TemporaryDirectory _folder;

    private DcmtkServer(Process process, TemporaryDirectory folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    /// <summary>Files received so far.</summary>
    public IReadOnlyList<string> Files => Directory.GetFiles(_folder.Path);

    public static Task<DcmtkServer> StartAsync(params IEnumerable<string> arguments) => StartAsync(FreePort.Next(), arguments);

    /// <summary>On a port that was another's, or will be.</summary>
    public static async Task<DcmtkServer> StartAsync(int port, params IEnumerable<string> arguments)
    {
        var folder = new TemporaryDirectory();
        var start = new ProcessStartInfo("storescp", [.. arguments, "-od", folder.Path, $"{port}"]) { RedirectStandardError = true };
        var server = new DcmtkServer(Process.Start(start)!, folder, port);
        server._process.BeginErrorReadLine();
        await Eventually.TrueAsync(() => AnswersAsync(port), "storescp listens");
        return server;
    }

    public DicomClient Client(SslClientAuthenticationOptions? tls = null, Func<DicomDataset, DicomDataset>? decompress = null) => new(
        new()
        {
            Host = "127.0.0.1",
            Port = Port,
            CalledAe = AeTitle.Parse("ARCHIVE"),
            CallingAe = AeTitle.Parse("GATEWAY"),
            Tls = tls,
            Decompress = decompress,
        },
        TimeProvider.System);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
