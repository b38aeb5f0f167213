using System.Net;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.DicomNetwork.Tests;

/// <summary>A real DICOM port on loopback, with an application that remembers.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly DicomServer _server;

    private TestServer(DicomServer server, RecordingService service) => (_server, Service) = (server, service);

    public RecordingService Service { get; }

    public int Port => _server.Port;

    public static async Task<TestServer> StartAsync(RecordingService? service = null, DicomServerOptions? options = null)
    {
        service ??= new();
        var handler = new DicomConnectionHandler(service, options ?? new(), TimeProvider.System, NullLogger<DicomConnectionHandler>.Instance);
        var server = new DicomServer(new(IPAddress.Loopback, 0), handler, NullLoggerFactory.Instance);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new(server, service);
    }

    public Task StopAsync() => _server.StopAsync(TestContext.Current.CancellationToken);

    public DicomClient Client() => new(
        new() { Host = "127.0.0.1", Port = Port, CalledAe = AeTitle.Parse("GATEWAY"), CallingAe = AeTitle.Parse("SCANNER") }, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        // A test that ends does not wait for peers it left hanging.
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }
}
