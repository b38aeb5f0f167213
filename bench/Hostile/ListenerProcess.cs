using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.DicomNetwork;

namespace Gateway.Hostile;

/// <summary>The listener as it is shipped, in a process and a data folder of its own: every limit at its default, a TLS port beside the
/// plain one.</summary>
internal sealed class ListenerProcess : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ChildProcess _process;

    private ListenerProcess()
    {
        WriteCertificate(_folder.Sub("server.pem"));
        _process = new(Checkout.Find().Listener,
        [
            "--data", _folder.Path, "--urls", "http://127.0.0.1:0", "--Dicom:Port", $"{DicomPort}", "--Dicom:Tls:Port", $"{TlsPort}",
            "--Dicom:Tls:Certificate", _folder.Sub("server.pem"), "--Dicom:Tls:TrustedRoots", _folder.Sub("server.pem"),
            "--Logging:LogLevel:Default", "Warning",
        ]);
        _process.Drain();
    }

    public int DicomPort { get; } = FreePort.Next();

    public int TlsPort { get; } = FreePort.Next();

    /// <exception cref="TimeoutException">It does not answer.</exception>
    public static async Task<ListenerProcess> StartAsync(CancellationToken cancel)
    {
        var listener = new ListenerProcess();
        try
        {
            await listener.AnswersAsync(cancel);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Resident now and at most.</summary>
    public string Mebibytes() =>
        $"{ProcessTree.Mebibytes(_process.Id, "VmRSS"):0}, peak {ProcessTree.Mebibytes(_process.Id, "VmHWM"):0}";

    public void Dispose()
    {
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task AnswersAsync(CancellationToken cancel)
    {
        var client = new DicomClient(
            new() { Host = "127.0.0.1", Port = DicomPort, CalledAe = AeTitle.Parse("GATEWAY"), CallingAe = AeTitle.Parse("SCANNER") },
            TimeProvider.System);
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

    private static void WriteCertificate(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");
    }
}
