using Gateway.DicomNetwork;

namespace Gateway.WholePath;

/// <summary>dcmtk's storescp as the destination of derived series: takes the bytes and forgets them, so that its disk is not
/// measured.</summary>
internal sealed class Storescp : IDisposable
{
    public const string AeTitle = "PACS";

    private readonly ChildProcess _process;

    public Storescp() => _process = new ChildProcess("storescp", ["--ignore", "-aet", AeTitle, $"{Port}"]);

    public int Port { get; } = FreePort.Next();

    /// <exception cref="DicomNetworkException">It does not answer.</exception>
    public async Task EchoAsync(CancellationToken cancel) => await new DicomClient(
        new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = Port,
            CalledAe = DicomNetwork.AeTitle.Parse(AeTitle),
            CallingAe = DicomNetwork.AeTitle.Parse("GATEWAY"),
        },
        TimeProvider.System).EchoAsync(cancel);

    public void Dispose() => _process.Dispose();
}
