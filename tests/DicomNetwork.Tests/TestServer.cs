using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.DicomNetwork.Tests;

/// <summary>A real DICOM port on loopback, and one with TLS where asked for, with an application that remembers.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly DicomServer _server;

    private TestServer(DicomServer server, RecordingService service) => (_server, Service) = (server, service);

    public RecordingService Service { get; }

    public int Port => _server.Port;

    public int TlsPort => _server.TlsPort!.Value;

    public static async Task<TestServer> StartAsync(
        RecordingService? service = null, DicomServerOptions? options = null, DicomTlsOptions? tls = null, TimeProvider? time = null)
    {
        service ??= new();
        time ??= TimeProvider.System;
        var handler = new DicomConnectionHandler(service, options ?? new(), time, NullLogger<DicomConnectionHandler>.Instance);
        var server = new DicomServer(
            new(IPAddress.Loopback, 0), handler, NullLoggerFactory.Instance,
            tls is null ? null : new(tls, time, NullLogger<DicomTls>.Instance));
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new(server, service);
    }

    /// <summary>The process begins to stop, and the port is still open.</summary>
    public Task StoppingAsync() => _server.StoppingAsync(TestContext.Current.CancellationToken);

    public Task StopAsync() => _server.StopAsync(TestContext.Current.CancellationToken);

    public DicomClient Client(SslClientAuthenticationOptions? tls = null) => new(
        new()
        {
            Host = "127.0.0.1",
            Port = tls is null ? Port : TlsPort,
            CalledAe = AeTitle.Parse("GATEWAY"),
            CallingAe = AeTitle.Parse("SCANNER"),
            Tls = tls,
        },
        TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        // A test that ends does not wait for peers it left hanging.
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }
}
