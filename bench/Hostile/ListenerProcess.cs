using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.DicomNetwork;

namespace Gateway.Hostile;

/// <summary>The listener as it is shipped, in a process and a data folder of its own: every limit at its default, a TLS port beside the plain one.</summary>
internal sealed class ListenerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ListenerProcess(Process process, string folder, int dicomPort, int tlsPort) =>
        (_process, _folder, DicomPort, TlsPort) = (process, folder, dicomPort, tlsPort);

    public int DicomPort { get; }

    public int TlsPort { get; }

    /// <exception cref="TimeoutException">It does not answer.</exception>
    public static async Task<ListenerProcess> StartAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-hostile-").FullName;
        var (dicom, tls) = (FreePort(), FreePort());
        WriteCertificate(folder);
        string[] settings =
        [
            "--data", folder, "--urls", "http://127.0.0.1:0", "--Dicom:Port", $"{dicom}", "--Dicom:Tls:Port", $"{tls}",
            "--Dicom:Tls:Certificate", $"{folder}/server.pem", "--Dicom:Tls:TrustedRoots", $"{folder}/server.pem", "--Logging:LogLevel:Default", "Warning",
        ];
        var program = Path.Combine(Root(), "src", "DicomListener", "bin", "Release", "net10.0", "Gateway.DicomListener.dll");
        var listener = new ListenerProcess(Process.Start(new ProcessStartInfo("dotnet", [program, .. settings]))!, folder, dicom, tls);
        await listener.AnswersAsync(cancel);
        return listener;
    }

    /// <summary>Resident now and at most (proc(5)).</summary>
    public string Mebibytes()
    {
        var lines = File.ReadLines($"/proc/{_process.Id}/status").ToList();
        string Of(string name) => (long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024).ToString(CultureInfo.InvariantCulture);
        return $"{Of("VmRSS:")}, peak {Of("VmHWM:")}";
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswersAsync(CancellationToken cancel)
    {
        var client = new DicomClient(
            new() { Host = "127.0.0.1", Port = DicomPort, CalledAe = AeTitle.Parse("GATEWAY"), CallingAe = AeTitle.Parse("SCANNER") }, TimeProvider.System);
        for (var tries = 0; tries < 300 && !_process.HasExited; tries++)
        {
            try
            {
                await client.EchoAsync(cancel);
                return;
            }
            catch (DicomNetworkException)
            {
                await Task.Delay(200, cancel);
            }
        }

        throw new TimeoutException("The listener does not answer; build src/DicomListener in Release first.");
    }

    private static void WriteCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "server.pem"), $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("No Gateway.sln above the benchmark.");
        return folder.FullName;
    }
}
