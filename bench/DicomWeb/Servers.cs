using Gateway.DicomNetwork;

namespace Gateway.DicomWeb;

/// <summary>The gateway, and Orthanc with its DICOMweb; both resident, one works at a time.</summary>
internal sealed class Servers : IDisposable
{
    public const string CallingAe = "SCANNER";

    private readonly ChildProcess _gateway;
    private readonly ChildProcess _orthanc;

    private Servers(ChildProcess gateway, ChildProcess orthanc) => (_gateway, _orthanc) = (gateway, orthanc);

    public required Peer Gateway { get; init; }
    public required Peer Orthanc { get; init; }

    /// <exception cref="InvalidOperationException">There is no Orthanc with DICOMweb, or the gateway does not start.</exception>
    public static async Task<Servers> StartAsync(Checkout checkout, TemporaryFolder folder, CancellationToken cancel)
    {
        var (ours, theirs) = (Peer.Free("dicomweb"), Peer.Free("dicom-web"));
        var gateway = new ChildProcess(checkout.Gateway,
        [
            "run", "--data", folder.Sub("data"), "--urls", $"http://127.0.0.1:{ours.Web}",
            "--set", $"Dicom:Port={ours.Port}", "--set", $"Dicom:Callers:0:AeTitle={CallingAe}",
            "--set", "Dicom:Callers:0:Cidr=127.0.0.1/32",
            // No study is complete while this lasts: nothing is translated beside what is measured.
            "--set", "Dicom:Completion:ReleasedQuiet=01:00:00",
        ]);
        await gateway.LineAsync("READY", cancel);
        var orthanc = new ChildProcess("Orthanc", [Settings(folder, theirs)]);
        orthanc.Drain();
        await theirs.AnswersAsync(cancel);
        return new(gateway, orthanc) { Gateway = ours with { Process = gateway.Id }, Orthanc = theirs with { Process = orthanc.Id } };
    }

    /// <summary>Returns when the gateway has nothing left to do.</summary>
    public async Task QuietAsync(CancellationToken cancel)
    {
        for (double before = -1, now; (now = ProcessTree.ProcessorSeconds(Gateway.Process)) - before > 0.1; before = now)
            await Task.Delay(2_000, cancel);
    }

    public void Dispose()
    {
        _gateway.Dispose();
        _orthanc.Dispose();
    }

    private static string Settings(TemporaryFolder folder, Peer peer)
    {
        var plugin = Directory.Exists("/usr/lib/orthanc") ? Directory.GetFiles("/usr/lib/orthanc", "libOrthancDicomWeb.so*") : [];
        if (plugin.Length == 0)
            throw new InvalidOperationException("Orthanc's DICOMweb is missing: eng/test installs orthanc-dicomweb.");
        var path = folder.Sub("orthanc.json");
        File.WriteAllText(path, $$"""
            {
              "StorageDirectory": "{{folder.Sub("orthanc")}}", "IndexDirectory": "{{folder.Sub("orthanc")}}", "Plugins": ["{{plugin[0]}}"],
              "HttpPort": {{peer.Web}}, "AuthenticationEnabled": false, "DicomAet": "GATEWAY", "DicomPort": {{peer.Port}},
              "DicomAlwaysAllowStore": true, "DicomWeb": { "Enable": true, "Root": "/dicom-web/" }
            }
            """);
        return path;
    }
}

/// <summary>One server: its ports, the first part of its DICOMweb addresses, its process.</summary>
internal sealed record Peer(int Port, int Web, string Root)
{
    public int Process { get; init; }

    public Uri Studies => new($"http://127.0.0.1:{Web}/{Root}/studies");

    public static Peer Free(string root) => new(FreePort.Next(), FreePort.Next(), root);

    public DicomClient Client() => new(
        new()
        {
            Host = "127.0.0.1",
            Port = Port,
            CalledAe = AeTitle.Parse("GATEWAY"),
            CallingAe = AeTitle.Parse(Servers.CallingAe),
        },
        TimeProvider.System);

    public async Task AnswersAsync(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await Client().EchoAsync(cancel);
                return;
            }
            catch (DicomNetworkException) when (attempt < 100)
            {
                await Task.Delay(200, cancel);
            }
    }
}
